-- Proof: what was provided and received, receipts as they were issued, and the notices that recipients are owed.

-- Canonical JSON: counterparts, and what was handed out or taken in as counts and digests. Part of the entry's hash when present.
alter table audit_entry add column detail text;

-- What really left of an answer that was streamed: one row when it ended, whole or broken off. No row: it never ended, the process
-- died while it ran. A chain of its own, so that the entry stands before the first byte leaves and is never touched again.
create table audit_delivery (
    person    uuid        not null,
    seq       bigint      not null,
    entry     bigint      not null,
    at        timestamptz not null,
    outcome   text        not null check (outcome in ('COMPLETE', 'BROKEN')),
    items     text        not null,
    prev_hash bytea       not null,
    hash      bytea       not null,
    primary key (person, seq),
    unique (person, entry),
    foreign key (person, entry) references audit_entry (person, seq)
);
alter table audit_head
    add column deliveries    bigint not null default 0,
    add column delivery_hash bytea  not null default sha256(''::bytea);

create trigger audit_delivery_insert_only before update or delete on audit_delivery
    for each row execute function phr_insert_only();
create trigger audit_delivery_no_truncate before truncate on audit_delivery
    for each statement execute function phr_insert_only();

-- Receipts (consent-semantics.md §16.5), byte for byte as issued.
create table consent_receipt (
    directive_id uuid        not null,
    version      int         not null,
    events       int         not null, -- of the directive when it was issued
    person_id    uuid        not null,
    issued_at    timestamptz not null,
    receipt      text        not null, -- canonical JSON
    signature    text        not null, -- detached JWS over it
    jose         text        not null, -- the same as compact JWS
    primary key (directive_id, version, events)
);
create trigger consent_receipt_insert_only before update or delete on consent_receipt
    for each row execute function phr_insert_only();
create trigger consent_receipt_no_truncate before truncate on consent_receipt
    for each statement execute function phr_insert_only();

-- For the ledgers (APPI 29, 30) and for notices.
alter table organisation
    add column address        text,
    add column representative text,
    add column contact        text,
    add column webhook        text;

-- Numbers of the notices of one recipient: taken in the transaction of the change, so they grow in the order of commits.
create table notice_number (
    organisation text   primary key references organisation,
    last         bigint not null
);

-- Notices to recipients. Written with the change they tell of; only what became of the delivery changes later.
create table recipient_notice (
    id              uuid        primary key,
    organisation    text        not null references organisation,
    number          bigint      not null,
    person_id       uuid        not null,
    patient         uuid        not null, -- pairwise id
    directive_id    uuid        not null,
    version         int         not null,
    kind            text        not null check (kind in ('GRANTED', 'CHANGED', 'REVOKED', 'ERASE_ASKED')),
    written_at      timestamptz not null,
    erase_by        timestamptz,
    sent_at         timestamptz,
    acknowledged_at timestamptz,
    erased_at       timestamptz,
    unique (organisation, number)
);
create index recipient_notice_directive on recipient_notice (person_id, directive_id);
create index recipient_notice_waiting on recipient_notice (organisation, number) where acknowledged_at is null;

create function phr_notice_content_stands() returns trigger language plpgsql as $$
begin
    if (old.id, old.organisation, old.number, old.person_id, old.patient, old.directive_id, old.version, old.kind, old.written_at)
        is distinct from
        (new.id, new.organisation, new.number, new.person_id, new.patient, new.directive_id, new.version, new.kind, new.written_at)
        or (old.sent_at is not null and new.sent_at is distinct from old.sent_at)
        or (old.acknowledged_at is not null and new.acknowledged_at is distinct from old.acknowledged_at)
        or (old.erased_at is not null and new.erased_at is distinct from old.erased_at)
    then
        raise exception 'what a notice says stands' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$$;
create trigger recipient_notice_content before update on recipient_notice
    for each row execute function phr_notice_content_stands();
create trigger recipient_notice_no_delete before delete on recipient_notice
    for each row execute function phr_insert_only();
create trigger recipient_notice_no_truncate before truncate on recipient_notice
    for each statement execute function phr_insert_only();

-- One row per recipient with a webhook: its lock is held by the one node that delivers, and tells when to try again.
create table notice_courier (
    organisation text        primary key references organisation,
    failures     int         not null default 0,
    next_at      timestamptz not null
);
