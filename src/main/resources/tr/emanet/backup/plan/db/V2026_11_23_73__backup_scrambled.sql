-- New or changed files of a run that look encrypted.
ALTER TABLE backup_run ADD COLUMN scrambled INTEGER NOT NULL DEFAULT 0;
