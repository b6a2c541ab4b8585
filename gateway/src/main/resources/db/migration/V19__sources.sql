-- In which order a person believes the sources of her lifelog; encrypted with her key.
create table source_order (
    person_id uuid  primary key,
    version   int   not null,
    content   bytea not null
);

-- Which of its places an upload or job takes, so that no sender ever has more open for one person than it may.
alter table ingest_job add column place int;
create unique index ingest_job_place on ingest_job (person_id, client, coalesce(organisation, ''), coalesce(actor::text, ''), place)
    where state in ('UPLOADING', 'NEW', 'IN_PROGRESS');
