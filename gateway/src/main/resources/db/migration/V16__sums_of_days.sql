-- Of a settled chunk: count, sum, least and greatest values by Tokyo day, encrypted like its body. Null where they have to be
-- computed from the body.
ALTER TABLE sample_chunk ADD COLUMN days bytea;
ALTER TABLE sample_chunk ALTER COLUMN days SET STORAGE EXTERNAL;
