-- What the commands around a run did.
CREATE TABLE backup_hook (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES backup_run (id),
  moment TEXT NOT NULL,
  hook TEXT NOT NULL,
  code INTEGER NOT NULL,
  said TEXT NOT NULL
) STRICT;
CREATE INDEX backup_hook_run ON backup_hook (run);
