-- Archives that were written, and what verifications found. Times are milliseconds since 1970 UTC,
-- days as 2026-11-22.
CREATE TABLE archive_export (
  job INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  owner TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  manifest TEXT NOT NULL,
  findings INTEGER NOT NULL,
  report TEXT NOT NULL
) STRICT;

CREATE TABLE archive_verification (
  job INTEGER PRIMARY KEY,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  owner TEXT NOT NULL,
  at INTEGER NOT NULL,
  code INTEGER NOT NULL,
  findings INTEGER NOT NULL,
  notes INTEGER NOT NULL,
  report TEXT NOT NULL
) STRICT;
