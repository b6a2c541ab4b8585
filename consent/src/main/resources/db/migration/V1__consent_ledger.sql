-- Consent ledger (consent-semantics.md §9). Insert-only tables reject UPDATE, DELETE and TRUNCATE and are hash-chained per person.

create function phr_insert_only() returns trigger language plpgsql as $$
begin
    raise exception 'table % is insert only', tg_table_name using errcode = 'integrity_constraint_violation';
end
$$;

create table policy_text (
    id         text        not null,
    version    int         not null,
    language   text        not null,
    markdown   text        not null,
    sha256     bytea       not null check (octet_length(sha256) = 32),
    valid_from timestamptz not null,
    primary key (id, version, language)
);

create table directive_version (
    directive_id        uuid        not null,
    version             int         not null check (version > 0),
    person_id           uuid        not null,
    effect              text        not null check (effect in ('PERMIT', 'DENY')),
    body                jsonb       not null,
    body_sha256         bytea       not null check (octet_length(body_sha256) = 32),
    valid_from          timestamptz,
    valid_to            timestamptz,
    grantor_id          uuid        not null,
    grantor_capacity    text        not null,
    authority_id        uuid,
    policy_text_id      text        not null,
    policy_text_version int         not null,
    policy_text_sha256  bytea       not null,
    language            text        not null,
    collection_method   text        not null,
    evidence_id         uuid,
    origin              jsonb,
    recorded_at         timestamptz not null,
    recorded_by         text        not null,
    chain_seq           bigint      not null,
    prev_hash           bytea       not null,
    row_hash            bytea       not null,
    primary key (directive_id, version),
    unique (person_id, chain_seq),
    check (grantor_capacity = 'SELF' or authority_id is not null),
    foreign key (policy_text_id, policy_text_version, language) references policy_text (id, version, language)
);

create table directive_event (
    directive_id uuid        not null,
    version      int         not null,
    seq          int         not null check (seq > 0),
    person_id    uuid        not null,
    type         text        not null,
    at           timestamptz not null,
    actor        text        not null,
    reason       text,
    authority_id uuid,
    recorded_at  timestamptz not null,
    chain_seq    bigint      not null,
    prev_hash    bytea       not null,
    row_hash     bytea       not null,
    primary key (directive_id, seq),
    unique (person_id, chain_seq),
    foreign key (directive_id, version) references directive_version (directive_id, version)
);

-- One row per person, bumped in the transaction of every change above; no row = epoch 0 (consent-semantics.md §15).
create table consent_epoch (
    person_id uuid   primary key,
    epoch     bigint not null
);

create trigger policy_text_insert_only before update or delete on policy_text
    for each row execute function phr_insert_only();
create trigger policy_text_no_truncate before truncate on policy_text
    for each statement execute function phr_insert_only();
create trigger directive_version_insert_only before update or delete on directive_version
    for each row execute function phr_insert_only();
create trigger directive_version_no_truncate before truncate on directive_version
    for each statement execute function phr_insert_only();
create trigger directive_event_insert_only before update or delete on directive_event
    for each row execute function phr_insert_only();
create trigger directive_event_no_truncate before truncate on directive_event
    for each statement execute function phr_insert_only();

with texts (language, markdown) as (values
    ('ja', E'# データ提供の同意について\n\nあなたが選んだ相手に、選んだ目的・種類・期間の範囲だけで健康情報を提供します。\n同意しなくても不利益はありません。いつでも撤回でき、撤回の後は提供されません。\nすでに適法に提供された情報は、撤回しても取り消されません。削除は別の手続きです。\n誰がいつ何を見たかは、いつでも確認できます。\n'),
    ('en', E'# About your consent\n\nYour health data are given only to whom you chose, for the purpose, kinds and period you chose.\nRefusing has no disadvantage. You can withdraw at any time; after that nothing more is given.\nWhat was lawfully given before is not undone by withdrawal. Erasure is a separate act.\nYou can see at any time who read what and when.\n'))
insert into policy_text (id, version, language, markdown, sha256, valid_from)
select 'consent', 1, language, markdown, sha256(convert_to(markdown, 'UTF8')), timestamptz '2026-01-01 00:00:00+09' from texts;
