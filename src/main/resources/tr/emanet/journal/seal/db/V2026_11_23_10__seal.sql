-- What the files below seals/ say, so that a start need not read all of them. A row here proves
-- nothing; it is made again from the files. Times are microseconds since 1970 UTC.
CREATE TABLE seal_last (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  number INTEGER NOT NULL,
  at_micros INTEGER NOT NULL,
  day TEXT NOT NULL,
  digest TEXT NOT NULL
) STRICT;

CREATE TABLE seal_segment (
  path TEXT PRIMARY KEY,
  stream TEXT NOT NULL,
  first_sequence INTEGER NOT NULL,
  last_sequence INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  leaves INTEGER NOT NULL,
  root TEXT NOT NULL,
  digest TEXT NOT NULL,
  checkpoint INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX seal_segment_stream ON seal_segment (stream, first_sequence);

CREATE TABLE seal_stream (
  name TEXT PRIMARY KEY,
  last_sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE seal_gap (
  after_number INTEGER PRIMARY KEY,
  from_micros INTEGER NOT NULL,
  to_micros INTEGER NOT NULL,
  cause TEXT NOT NULL
) STRICT;

-- Days that have a root; stamped_at is null while the time stamp waits.
CREATE TABLE seal_day (
  day TEXT PRIMARY KEY,
  made_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  next_try INTEGER NOT NULL DEFAULT 0,
  problem TEXT NOT NULL DEFAULT '',
  stamped_at INTEGER,
  authority TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE seal_witness (
  name TEXT PRIMARY KEY,
  delivered INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  problem TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
