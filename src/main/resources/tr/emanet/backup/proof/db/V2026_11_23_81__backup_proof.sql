-- Checks of repositories and restore drills. Times are milliseconds since 1970 UTC.
CREATE TABLE backup_verification (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  repository TEXT NOT NULL,
  rung TEXT NOT NULL CHECK (rung IN ('seal', 'index', 'sample', 'full')),
  job INTEGER NOT NULL UNIQUE,
  owner TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  objects INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  findings TEXT NOT NULL DEFAULT '',
  finding_count INTEGER NOT NULL DEFAULT 0,
  head_sequence INTEGER NOT NULL DEFAULT 0,
  head_digest TEXT NOT NULL DEFAULT '',
  problem TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX backup_verification_rung ON backup_verification (repository, rung, id);

CREATE TABLE backup_drill (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan INTEGER NOT NULL,
  job INTEGER NOT NULL UNIQUE,
  owner TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  record BLOB,
  signature BLOB,
  problem TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX backup_drill_plan_id ON backup_drill (plan, id);

CREATE TRIGGER backup_drill_signed BEFORE UPDATE ON backup_drill WHEN old.record IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'the record of a drill is signed and does not change');
END;

CREATE TRIGGER backup_drill_no_delete BEFORE DELETE ON backup_drill
BEGIN
  SELECT RAISE(ABORT, 'drills stay');
END;

CREATE TABLE backup_drill_lesson (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  drill INTEGER NOT NULL REFERENCES backup_drill (id),
  person TEXT NOT NULL,
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;

CREATE TRIGGER backup_drill_lesson_no_update BEFORE UPDATE ON backup_drill_lesson
BEGIN
  SELECT RAISE(ABORT, 'lessons are append-only');
END;

CREATE TRIGGER backup_drill_lesson_no_delete BEFORE DELETE ON backup_drill_lesson
BEGIN
  SELECT RAISE(ABORT, 'lessons are append-only');
END;

CREATE TABLE backup_drill_plan (
  plan INTEGER PRIMARY KEY,
  days INTEGER NOT NULL,
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;

CREATE TABLE backup_drill_paper (
  drill INTEGER NOT NULL REFERENCES backup_drill (id),
  language TEXT NOT NULL,
  lessons INTEGER NOT NULL,
  pdf BLOB NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (drill, language, lessons)
) STRICT;
