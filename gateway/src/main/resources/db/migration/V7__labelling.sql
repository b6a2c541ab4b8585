-- Runs of relabelling, one per set of label tables (consent-semantics.md §6.1). The last row that began says which tables the
-- stored labels belong to; one without an end goes on behind the last person it finished.
CREATE TABLE relabelling (
    run bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tables bigint NOT NULL, -- fingerprint of all label tables together
    started timestamptz NOT NULL,
    last_person uuid,
    finished timestamptz
);
