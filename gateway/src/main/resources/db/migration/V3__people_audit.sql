-- Persons. The account is sealed with the person's own data key: erasing the key erases it here and in every backup.
create table person (
    id         uuid        primary key,
    issuer     text        not null,
    subject    text        not null,
    account    bytea       not null,
    created_at timestamptz not null,
    -- set once her Patient resource is in the record
    enrolled   boolean     not null default false,
    unique (issuer, subject)
);

create table organisation (
    id         text        primary key check (id ~ '^[a-z0-9][a-z0-9.-]{0,62}$'),
    name       text        not null,
    classes    text[]      not null,
    country    text        not null check (country ~ '^[A-Z]{2}$'),
    updated_at timestamptz not null
);

create table organisation_client (
    organisation text    not null references organisation,
    client       text    not null,
    processor    boolean not null,
    primary key (organisation, client)
);
create index organisation_client_client on organisation_client (client);

-- The only id of a person that an organisation ever sees; random, so two organisations cannot join theirs.
create table pairwise_id (
    organisation text        not null references organisation,
    person       uuid        not null references person,
    patient      uuid        not null unique,
    created_at   timestamptz not null,
    primary key (organisation, person)
);

-- The access log: insert only, chained per person. audit_head is the tip of each chain and its lock.
create table audit_entry (
    person            uuid        not null,
    seq               bigint      not null,
    at                timestamptz not null,
    organisation      text,
    organisation_name text,
    app               text        not null,
    app_user          text,
    action            text        not null,
    interaction       text        not null,
    purposes          text[]      not null,
    outcome           text        not null check (outcome in ('PERMIT', 'DENY')),
    reason            text        not null,
    directives        text[]      not null,
    prev_hash         bytea       not null,
    hash              bytea       not null,
    primary key (person, seq)
);

create table audit_head (
    person uuid   primary key,
    seq    bigint not null,
    hash   bytea  not null
);

create trigger audit_entry_insert_only before update or delete on audit_entry
    for each row execute function phr_insert_only();
create trigger audit_entry_no_truncate before truncate on audit_entry
    for each statement execute function phr_insert_only();
