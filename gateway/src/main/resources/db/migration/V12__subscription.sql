-- FHIR Subscriptions, and what has been stored since for those who wait for it.

create table subscription (
    id           uuid        primary key,
    person_id    uuid        not null, -- whose record
    organisation text        references organisation, -- who subscribed, or
    actor        uuid,                                -- the person who did
    client       text        not null,
    type         text        not null, -- of the resources
    status       text        not null check (status in ('active', 'error', 'off')),
    version      int         not null,
    updated_at   timestamptz not null,
    ends_at      timestamptz,
    content      bytea       not null, -- resource and subscriber, encrypted with the person's key
    check (num_nonnulls(organisation, actor) = 1)
);
create index subscription_waiting on subscription (person_id, type) where status <> 'off';
create index subscription_owner on subscription (client, organisation, actor);

-- Ids of what one batch stored, written in its transaction. Whoever writes holds the person's lock to the end of the transaction,
-- so the numbers of one subscription grow in the order of commits. Whether they match and may be seen is decided on delivery.
create table subscription_delivery (
    subscription uuid   not null references subscription on delete cascade,
    number       bigint generated always as identity,
    ids          uuid[] not null,
    primary key (subscription, number)
);

-- Its lock is held by the one node that delivers. Apart from the subscription, which every batch reads.
create table subscription_courier (
    subscription  uuid        primary key references subscription on delete cascade,
    failures      int         not null default 0,
    failing_since timestamptz,
    refused       boolean     not null default false, -- the last decision, so that a refusal is logged once
    next_at       timestamptz not null
);
