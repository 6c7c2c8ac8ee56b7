-- Block lists: contents by version, digests of secret paths, and who pulled what. Times are
-- milliseconds since 1970 UTC. Pulls are one row a day for equal ones, so that a firewall that asks
-- every minute fills nothing.
CREATE TABLE block_list_version (
  list TEXT NOT NULL,
  version INTEGER NOT NULL,
  digest TEXT NOT NULL,
  serial INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (list, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE block_list_secret (
  list TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  who TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE block_list_pull (
  day INTEGER NOT NULL,
  list TEXT NOT NULL,
  format TEXT NOT NULL,
  version INTEGER NOT NULL,
  who TEXT NOT NULL,
  address TEXT NOT NULL,
  status INTEGER NOT NULL,
  agent TEXT NOT NULL,
  etag TEXT NOT NULL,
  entries INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (day, list, format, version, who, address, status)
) STRICT, WITHOUT ROWID;

CREATE INDEX block_list_pull_last ON block_list_pull (last_at);
