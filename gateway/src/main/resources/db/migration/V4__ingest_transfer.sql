-- Files that contradict the account and wait for the person; receipts of imported packages.

-- Outside the record on purpose: no query of records can meet a held file. Encrypted with the person's data key.
CREATE TABLE held_upload (
    id uuid NOT NULL PRIMARY KEY,
    person_id uuid NOT NULL,
    received timestamptz NOT NULL,
    expires timestamptz NOT NULL,
    head bytea NOT NULL -- digest, size, sender, reasons
);

CREATE INDEX held_upload_person ON held_upload (person_id);
CREATE INDEX held_upload_expires ON held_upload (expires);

CREATE TABLE held_upload_piece (
    held uuid NOT NULL REFERENCES held_upload (id) ON DELETE CASCADE,
    ordinal integer NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (held, ordinal)
);

ALTER TABLE held_upload_piece ALTER COLUMN body SET STORAGE EXTERNAL;

-- The first answer to each imported package, given again when the package comes again.
CREATE TABLE import_receipt (
    person_id uuid NOT NULL,
    package_id uuid NOT NULL,
    tag_manifest bytea NOT NULL,
    imported timestamptz NOT NULL,
    receipt text NOT NULL, -- as first sent
    PRIMARY KEY (person_id, package_id)
);

-- Source namespaces of earlier providers, by which resources keep their identity when they move again.
CREATE TABLE origin_namespace (
    person_id uuid NOT NULL,
    namespace text NOT NULL,
    PRIMARY KEY (person_id, namespace)
);

-- Directives of earlier providers as they came: denies act through the consent ledger, permits wait for the person.
CREATE TABLE arrived_directive (
    person_id uuid NOT NULL,
    namespace text NOT NULL,
    directive text NOT NULL,
    version integer NOT NULL,
    arrival text NOT NULL, -- ACTIVE, PENDING_RECONSENT, HISTORY
    body bytea NOT NULL, -- native form, encrypted with the person's data key
    PRIMARY KEY (person_id, namespace, directive, version)
);

-- When a file was first received for a person: the same bytes again change nothing.
CREATE TABLE received_file (
    person_id uuid NOT NULL,
    file uuid NOT NULL, -- SHA-256 of the file, blinded
    received timestamptz NOT NULL,
    PRIMARY KEY (person_id, file)
);
