-- Indicators of every feed, with revisions. Times are milliseconds since 1970 UTC.
-- A feed's list in force is what its current revision sees: spans that begin at or before it and
-- do not end at or before it. A revision is written in many small transactions and comes into
-- force in one, by moving indicator_feed.current.
CREATE TABLE indicator_feed (
  name TEXT PRIMARY KEY,
  current INTEGER NOT NULL DEFAULT 0,
  held INTEGER NOT NULL DEFAULT 0,
  full_at INTEGER,
  delta_at INTEGER,
  tried_at INTEGER,
  failure TEXT,
  failure_detail TEXT,
  failing_since INTEGER,
  failures INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE indicator_revision (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  feed TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  origin TEXT NOT NULL,
  signature TEXT NOT NULL DEFAULT '',
  target INTEGER NOT NULL DEFAULT 0,
  complete INTEGER NOT NULL DEFAULT 0,
  started_at INTEGER NOT NULL,
  applied_at INTEGER,
  actor TEXT NOT NULL DEFAULT '-',
  cursor TEXT NOT NULL DEFAULT '',
  received INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  spared INTEGER NOT NULL DEFAULT 0,
  digest TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX indicator_revision_feed ON indicator_revision (feed, number);

-- What a fetch brought so far.
CREATE TABLE indicator_staged (
  revision INTEGER NOT NULL,
  external TEXT NOT NULL,
  raw TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  refusal TEXT NOT NULL,
  guard TEXT NOT NULL,
  type TEXT NOT NULL,
  description TEXT NOT NULL,
  source TEXT NOT NULL,
  connection TEXT NOT NULL,
  criticality INTEGER NOT NULL,
  listed_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (revision, external)
) STRICT, WITHOUT ROWID;

-- One value under one id of its feed, for ever. Refused values have no kind and no value.
CREATE TABLE indicator (
  id INTEGER PRIMARY KEY,
  feed TEXT NOT NULL,
  external TEXT NOT NULL,
  raw TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  refusal TEXT NOT NULL,
  guard TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  first_revision INTEGER NOT NULL,
  UNIQUE (feed, external, raw)
) STRICT;

CREATE INDEX indicator_value ON indicator (value);

-- When an indicator was listed and with which codes; open while until_revision is null.
CREATE TABLE indicator_span (
  id INTEGER PRIMARY KEY,
  indicator INTEGER NOT NULL REFERENCES indicator (id),
  from_revision INTEGER NOT NULL,
  until_revision INTEGER,
  from_at INTEGER NOT NULL,
  until_at INTEGER,
  type TEXT NOT NULL,
  description TEXT NOT NULL,
  source TEXT NOT NULL,
  connection TEXT NOT NULL,
  criticality INTEGER NOT NULL,
  listed_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX indicator_span_indicator ON indicator_span (indicator, until_revision);
CREATE INDEX indicator_span_until ON indicator_span (until_revision)
  WHERE until_revision IS NOT NULL;
