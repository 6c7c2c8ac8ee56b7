-- What the shift page compares today with. Times are milliseconds since 1970 UTC.
-- Records received in each five minutes.
CREATE TABLE overview_load (
  at INTEGER PRIMARY KEY,
  received INTEGER NOT NULL
) STRICT;

-- Bytes on disk, one row an hour.
CREATE TABLE overview_disk (
  at INTEGER PRIMARY KEY,
  journal INTEGER NOT NULL,
  search INTEGER NOT NULL,
  free INTEGER NOT NULL
) STRICT;

-- Sending addresses: when they were heard, and in how many separate minutes.
CREATE TABLE overview_source (
  address TEXT PRIMARY KEY,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  minutes INTEGER NOT NULL
) STRICT;
