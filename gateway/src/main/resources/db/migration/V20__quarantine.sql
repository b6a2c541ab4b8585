-- Full validation behind the answer, and what it has found wrong.

-- Stored resources that nobody has validated in full yet, in pieces.
create table validation_waiting (
    number      bigint      generated always as identity primary key,
    person_id   uuid        not null, -- whose record
    type        text        not null,
    ids         uuid[]      not null, -- of documents; of a series one sample that stands for it
    series      int,                  -- a series of packed samples
    due         timestamptz not null, -- whose turn it is: the later, the more of the same person waits already
    taken       uuid,                 -- by one run
    lease_until timestamptz,          -- until then nobody else takes it
    takes       int         not null default 0
);
create index validation_waiting_due on validation_waiting (due, number);
create index validation_waiting_person on validation_waiting (person_id, due);

-- What no recipient gets until it is released. The resource itself stays where it is and carries a label.
create table quarantine (
    id        uuid        primary key,
    person_id uuid        not null, -- whose record
    type      text        not null,
    resource  uuid        not null, -- of a series a sample that stands for it
    version   int         not null, -- that was validated
    series    int,
    released  boolean     not null default false, -- by the person
    edition   text        not null, -- of the validator and its profiles
    since     timestamptz not null,
    unique (person_id, type, resource)
);
create index quarantine_kept on quarantine (edition) where not released;

-- Rule and place of each error; no value of the resource.
create table quarantine_finding (
    entry   uuid not null references quarantine on delete cascade,
    ordinal int  not null,
    rule    text not null,
    place   text not null,
    text    text not null,
    primary key (entry, ordinal)
);
