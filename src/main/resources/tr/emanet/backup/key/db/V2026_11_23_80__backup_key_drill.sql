-- Proofs that the escrow opens a repository. Times are milliseconds since 1970 UTC.
CREATE TABLE backup_key_drill (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  repository TEXT NOT NULL,
  era INTEGER NOT NULL,
  at INTEGER NOT NULL,
  person TEXT NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('CERTIFICATE', 'SHARES')),
  UNIQUE (repository, era, at, person)
) STRICT;

CREATE TRIGGER backup_key_drill_no_update BEFORE UPDATE ON backup_key_drill
BEGIN
  SELECT RAISE(ABORT, 'drills are append-only');
END;

CREATE TRIGGER backup_key_drill_no_delete BEFORE DELETE ON backup_key_drill
BEGIN
  SELECT RAISE(ABORT, 'drills are append-only');
END;
