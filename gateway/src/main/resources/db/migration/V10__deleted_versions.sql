-- A deletion is one more version: no content, no tokens, the facts of the version before it. So "gone" is told exactly to whom
-- the last version could be shown, and a source that sends the same again does not bring it back.
ALTER TABLE document ADD COLUMN deleted boolean NOT NULL DEFAULT false;
ALTER TABLE document_history ADD COLUMN deleted boolean NOT NULL DEFAULT false;

-- What a directive has permitted since the day, week or month began.
CREATE INDEX audit_entry_at ON audit_entry (person, at);
