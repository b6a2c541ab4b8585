-- What was delivered is mostly digests, on which the compression of the database spends more time than all the rest of an entry.
ALTER TABLE audit_delivery ALTER COLUMN items DROP NOT NULL;
ALTER TABLE audit_delivery ADD COLUMN packed bytea; -- instead of items: its UTF-8, in Zstandard
ALTER TABLE audit_delivery ALTER COLUMN packed SET STORAGE EXTERNAL;
ALTER TABLE audit_delivery ADD CONSTRAINT audit_delivery_items CHECK ((items IS NULL) <> (packed IS NULL));
