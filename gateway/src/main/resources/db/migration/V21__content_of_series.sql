-- What is kept in memory of a person's samples counts as long as her chunks do not change.
ALTER TABLE series_head ADD COLUMN content bigint NOT NULL DEFAULT 0; -- moves with every change of a chunk
