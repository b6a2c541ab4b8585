-- Dense samples, packed: what the samples of a series share stands once, the rest in chunks of columns (lifelog.md §5).
-- Bodies are encrypted with the person's data key; readable are only numbers of series, times and counts.

-- Whether a person has series, and which of them a process may have in memory.
CREATE TABLE series_head (
    person_id uuid NOT NULL PRIMARY KEY,
    stamp bigint NOT NULL, -- moves with every change of a series
    documents boolean NOT NULL -- there may be Observations among the documents
);

INSERT INTO series_head (person_id, stamp, documents)
SELECT DISTINCT person_id, 0, TRUE FROM document WHERE type = 'Observation';

CREATE TABLE series (
    person_id uuid NOT NULL,
    number integer NOT NULL,
    shape uuid NOT NULL, -- fingerprint of what the samples share
    body bytea NOT NULL,
    PRIMARY KEY (person_id, number),
    UNIQUE (person_id, shape)
);

-- Samples of a series in order of their start. Settled chunks of a series do not overlap; fresh ones are as they came, and the
-- compaction settles them.
CREATE TABLE sample_chunk (
    person_id uuid NOT NULL,
    series integer NOT NULL,
    first_from bigint NOT NULL, -- start of the first sample, microseconds since 1970
    last_from bigint NOT NULL, -- start of the last
    data_to bigint NOT NULL, -- latest end
    id bigint NOT NULL,
    samples integer NOT NULL,
    updated bigint NOT NULL, -- when the last of them was stored, milliseconds since 1970
    fresh boolean NOT NULL,
    ids bytea NOT NULL, -- of a fresh chunk: bits of the ids; settled ones are in sample_index
    body bytea NOT NULL,
    PRIMARY KEY (person_id, series, first_from, id)
);
CREATE INDEX sample_chunk_backwards ON sample_chunk (person_id, series, last_from);
CREATE INDEX sample_chunk_fresh ON sample_chunk (person_id, id) WHERE fresh;
ALTER TABLE sample_chunk ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE sample_chunk ALTER COLUMN ids SET STORAGE EXTERNAL;

-- From ids to places, in runs of sorted pages: a run is never changed, only merged with others into a larger one.
CREATE TABLE sample_run (
    person_id uuid NOT NULL,
    run integer NOT NULL,
    entries bigint NOT NULL,
    pages integer NOT NULL,
    PRIMARY KEY (person_id, run)
);

CREATE TABLE sample_index (
    person_id uuid NOT NULL,
    run integer NOT NULL,
    page integer NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (person_id, run, page)
);
ALTER TABLE sample_index ALTER COLUMN body SET STORAGE EXTERNAL;
