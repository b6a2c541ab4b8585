-- Secrets that follow from no master key, so that they outlive each of them; wrapped like a data key.
CREATE TABLE installation_secret (
    one boolean NOT NULL PRIMARY KEY CHECK (one),
    wrapped bytea NOT NULL
);

-- A wrapped key that was rotated or destroyed does not wait for a fifth of all others to go before its row is cleared away.
ALTER TABLE person_key SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0);

-- Persons whose payloads are being written anew under a newer key.
CREATE TABLE key_rotation (
    person_id uuid NOT NULL PRIMARY KEY,
    began timestamptz NOT NULL
);

-- The first of the two steps of an erasure, until the second one or its end.
CREATE TABLE erasure_request (
    person_id uuid NOT NULL PRIMARY KEY REFERENCES person,
    token_sha256 bytea NOT NULL CHECK (octet_length(token_sha256) = 32),
    ground text NOT NULL CHECK (ground IN ('OWN', 'REQUEST', 'AFTER_DEATH')),
    asked_by text NOT NULL,
    evidence_id uuid REFERENCES evidence,
    expires timestamptz NOT NULL,
    CHECK ((ground = 'OWN') = (evidence_id IS NULL))
);

-- Tombstones. From the commit of its row on the person has no key and never gets one again.
CREATE TABLE erasure (
    person_id uuid NOT NULL PRIMARY KEY,
    id uuid NOT NULL UNIQUE, -- by which the report is fetched
    ground text NOT NULL CHECK (ground IN ('OWN', 'REQUEST', 'AFTER_DEATH')),
    erased timestamptz NOT NULL, -- when the key was destroyed
    completed timestamptz, -- when the rows were gone
    swept timestamptz, -- when nothing could come after them any more
    kept_until timestamptz, -- of what the law demands to keep; null = the operator has set no period
    recipients jsonb NOT NULL, -- organisations that were told to erase
    counts jsonb NOT NULL -- rows erased per table
);
CREATE INDEX erasure_unfinished ON erasure (erased) WHERE swept IS NULL;
CREATE TRIGGER erasure_no_delete BEFORE DELETE ON erasure FOR EACH ROW EXECUTE FUNCTION phr_insert_only();
CREATE TRIGGER erasure_no_truncate BEFORE TRUNCATE ON erasure FOR EACH STATEMENT EXECUTE FUNCTION phr_insert_only();

ALTER TABLE person ADD COLUMN erased timestamptz;

-- A notice about everything that was received names no consent.
ALTER TABLE recipient_notice ALTER COLUMN directive_id DROP NOT NULL;
ALTER TABLE recipient_notice ALTER COLUMN version DROP NOT NULL;
ALTER TABLE recipient_notice ADD CHECK ((directive_id IS NULL) = (version IS NULL));

-- What was written down about an emergency stands; only its encryption may change, when the person's key does.
CREATE FUNCTION phr_only_sealed_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_op = 'UPDATE' AND to_jsonb(new) - 'statement' = to_jsonb(old) - 'statement' THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'table % is insert only', tg_table_name USING errcode = 'integrity_constraint_violation';
END
$$;
DROP TRIGGER emergency_session_insert_only ON emergency_session;
DROP TRIGGER emergency_event_insert_only ON emergency_event;
CREATE TRIGGER emergency_session_insert_only BEFORE UPDATE OR DELETE ON emergency_session
    FOR EACH ROW EXECUTE FUNCTION phr_only_sealed_anew();
CREATE TRIGGER emergency_event_insert_only BEFORE UPDATE OR DELETE ON emergency_event
    FOR EACH ROW EXECUTE FUNCTION phr_only_sealed_anew();

-- What somebody is told on her own pages goes with her.
CREATE FUNCTION phr_insert_only_until_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_op = 'DELETE' AND EXISTS (SELECT FROM erasure e WHERE e.person_id IN (old.reader_id, old.person_id)) THEN
        RETURN old;
    END IF;
    RAISE EXCEPTION 'table % is insert only', tg_table_name USING errcode = 'integrity_constraint_violation';
END
$$;
DROP TRIGGER person_notice_insert_only ON person_notice;
CREATE TRIGGER person_notice_insert_only BEFORE UPDATE OR DELETE ON person_notice
    FOR EACH ROW EXECUTE FUNCTION phr_insert_only_until_erasure();

-- Whoever is late with it tells nobody any more.
CREATE FUNCTION phr_nothing_to_the_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM erasure e WHERE e.person_id IN (new.reader_id, new.person_id)) THEN
        RETURN NULL;
    END IF;
    RETURN new;
END
$$;
CREATE TRIGGER person_notice_to_the_living BEFORE INSERT ON person_notice
    FOR EACH ROW EXECUTE FUNCTION phr_nothing_to_the_erased();
