-- The record: FHIR documents and original files, per person.
--
-- Every payload is encrypted with the person's data key. Values that queries compare (codes, categories, references, tokens,
-- identities) are blinded with it: 64 or 128 bits of an HMAC. So deleting the row of person_key leaves nothing readable but
-- ids, types, labels and times, here and in every backup.

-- One data key per person, wrapped by the operator's master key.
CREATE TABLE person_key (
    person_id uuid NOT NULL PRIMARY KEY,
    wrapped bytea NOT NULL,
    created timestamptz NOT NULL DEFAULT now()
);

-- Whose record an id belongs to: one at most.
CREATE TABLE document_id (
    id uuid NOT NULL,
    type text COLLATE "C" NOT NULL,
    person_id uuid NOT NULL,
    PRIMARY KEY (id, type)
);

-- Current versions.
CREATE TABLE document (
    person_id uuid NOT NULL,
    ref bigint NOT NULL, -- "Type/id", blinded: what links of other documents point to
    data_from bigint NOT NULL, -- data time, half-open, microseconds since 1970; smallest and largest bigint = unbounded
    data_to bigint NOT NULL,
    document_type bigint,
    source bigint,
    device bigint,
    id uuid NOT NULL,
    source_key uuid NOT NULL, -- source identity, blinded
    content uuid NOT NULL, -- fingerprint: the same for the same content
    original uuid, -- of a Binary: its bytes in table original
    last_updated timestamptz NOT NULL,
    version integer NOT NULL,
    confidentiality smallint NOT NULL, -- U=0, L, M, N, R, V=5
    labelled boolean NOT NULL,
    time_known boolean NOT NULL,
    categories_unknown boolean NOT NULL,
    codes_unknown boolean NOT NULL,
    authors_unknown boolean NOT NULL,
    type text COLLATE "C" NOT NULL,
    categories bigint[] NOT NULL,
    codes bigint[] NOT NULL,
    authors bigint[] NOT NULL,
    links bigint[] NOT NULL,
    sensitivities bigint[] NOT NULL,
    tokens bigint[] NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (person_id, ref)
) PARTITION BY HASH (person_id);

-- Older versions with the facts they had, so that each is decided by its own labels. Insert only.
CREATE TABLE document_history (
    LIKE document INCLUDING STORAGE,
    PRIMARY KEY (person_id, ref, version)
) PARTITION BY HASH (person_id);

-- Original files, one row per person and content.
CREATE TABLE original (
    person_id uuid NOT NULL,
    content uuid NOT NULL, -- SHA-256, blinded
    size bigint NOT NULL,
    received timestamptz NOT NULL,
    head bytea NOT NULL,
    PRIMARY KEY (person_id, content)
) PARTITION BY HASH (person_id);

CREATE TABLE original_chunk (
    person_id uuid NOT NULL,
    content uuid NOT NULL,
    ordinal integer NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (person_id, content, ordinal)
) PARTITION BY HASH (person_id);

-- Encrypted bytes do not compress: do not try.
ALTER TABLE document ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE document_history ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE original_chunk ALTER COLUMN body SET STORAGE EXTERNAL;

DO $$
DECLARE
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['document', 'document_history', 'original', 'original_chunk'] LOOP
        FOR part IN 0..15 LOOP
            EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
                parent || '_' || lpad(part::text, 2, '0'), parent, part);
        END LOOP;
    END LOOP;
END
$$;

-- The order of every page.
CREATE INDEX document_by_time ON document (person_id, data_from DESC, type, id);
-- One document per source identity.
CREATE UNIQUE INDEX document_source ON document (person_id, source_key);
-- Blinded values belong to one person, so these find only her documents.
CREATE INDEX document_tokens ON document USING gin (tokens);
CREATE INDEX document_links ON document USING gin (links);
