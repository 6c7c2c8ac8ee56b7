-- Since when the key files of a copy cannot follow; null: they do.
ALTER TABLE backup_copy_keys ADD COLUMN failing_since INTEGER;
