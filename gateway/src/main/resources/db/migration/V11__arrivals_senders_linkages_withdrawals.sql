-- Permits of an earlier provider wait for the person a limited time; those that wait already begin to wait now.
ALTER TABLE arrived_directive ADD COLUMN arrived_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE arrived_directive ALTER COLUMN arrived_at DROP DEFAULT;

-- What an organisation has sent into the part of a record where others store the same things, so that its answers follow from its own
-- sending alone. All but the person is blinded with her data key.
CREATE TABLE sent_document (
    person_id uuid NOT NULL,
    sender uuid NOT NULL, -- organisation
    source_key uuid NOT NULL, -- source identity
    content uuid NOT NULL, -- fingerprint
    PRIMARY KEY (person_id, sender, source_key)
);

-- A source from which data of people are fetched again and again (期間連携): permits to contribute last one window.
ALTER TABLE organisation ADD COLUMN linkage boolean NOT NULL DEFAULT false;

-- What the person has said to a deletion request (削除依頼) about one of her checkup reports; request is the id of its DocumentReference.
CREATE TABLE withdrawal_answer (
    person_id uuid NOT NULL,
    request uuid NOT NULL,
    withdrawn boolean NOT NULL,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (person_id, request)
);
