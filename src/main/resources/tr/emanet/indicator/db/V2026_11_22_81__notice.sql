-- What people and the program do with notices. A notice is (kind, external) of usom_notice; times
-- are milliseconds since 1970 UTC, days are texts such as 2026-11-29.
CREATE INDEX usom_notice_slug ON usom_notice (kind, slug);

-- How far a notice is: what it was last compared with, and whether it is closed.
CREATE TABLE notice_work (
  kind TEXT NOT NULL,
  external INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  inventory INTEGER NOT NULL,
  engine INTEGER NOT NULL,
  cves TEXT NOT NULL,
  folded TEXT NOT NULL,
  closed_at INTEGER,
  closed_by TEXT NOT NULL,
  PRIMARY KEY (kind, external)
) STRICT, WITHOUT ROWID;

CREATE TABLE notice_task (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  external INTEGER NOT NULL,
  origin TEXT NOT NULL,
  owner TEXT NOT NULL,
  due TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  closed_at INTEGER,
  closed_by TEXT NOT NULL,
  measure INTEGER,
  UNIQUE (kind, external, origin)
) STRICT;

CREATE INDEX notice_task_state ON notice_task (state, due);

CREATE TABLE notice_year (
  year INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT;

-- A match is unique by notice, asset and installed product, so that matching may be repeated.
CREATE TABLE notice_match (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  external INTEGER NOT NULL,
  asset TEXT NOT NULL,
  asset_name TEXT NOT NULL,
  vendor TEXT NOT NULL,
  product TEXT NOT NULL,
  version TEXT NOT NULL,
  confidence TEXT NOT NULL,
  reason TEXT NOT NULL,
  quote TEXT NOT NULL,
  state TEXT NOT NULL,
  current INTEGER NOT NULL,
  found_at INTEGER NOT NULL,
  decided_at INTEGER,
  decided_by TEXT NOT NULL,
  task INTEGER REFERENCES notice_task (id),
  UNIQUE (kind, external, asset, vendor, product, version)
) STRICT;

CREATE INDEX notice_match_asset ON notice_match (asset);
CREATE INDEX notice_match_task ON notice_match (task);

CREATE TABLE notice_read (
  person TEXT NOT NULL,
  kind TEXT NOT NULL,
  external INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (person, kind, external)
) STRICT, WITHOUT ROWID;

CREATE TABLE notice_history (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  external INTEGER NOT NULL,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;

CREATE INDEX notice_history_notice ON notice_history (kind, external, id);
