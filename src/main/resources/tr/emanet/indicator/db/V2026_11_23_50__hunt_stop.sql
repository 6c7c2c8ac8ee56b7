-- A person's stop of the hunt for a revision holds, also over a restart, until a person resumes it.
ALTER TABLE indicator_hunt ADD COLUMN stopped_at INTEGER;
