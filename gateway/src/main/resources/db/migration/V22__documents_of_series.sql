-- Identities of documents are remembered in memory, for samples that ask whether they stand among them: that counts as long as none comes.
ALTER TABLE series_head
    ALTER COLUMN documents DROP NOT NULL, -- moves with every new Observation among the documents; null without one
    ALTER COLUMN documents TYPE bigint USING CASE WHEN documents THEN 0 END;
