-- Hits, the alerts that group them, and what people did with those. Times are milliseconds since
-- 1970 UTC. A hit is unique by (what matched, position): a replay or a retro-hunt adds nothing.
CREATE TABLE alert (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  group_key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  match_key TEXT NOT NULL,
  asset TEXT NOT NULL,
  severity INTEGER NOT NULL,
  raised TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  assignee TEXT NOT NULL,
  hits INTEGER NOT NULL,
  live INTEGER NOT NULL,
  allowed INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  facts TEXT NOT NULL
) STRICT;

CREATE INDEX alert_state ON alert (state, seen_at);
CREATE INDEX alert_asset ON alert (asset, last_at);

CREATE TABLE alert_year (
  year INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT;

CREATE TABLE alert_hit (
  kind TEXT NOT NULL,
  match_key TEXT NOT NULL,
  stream TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  alert INTEGER NOT NULL REFERENCES alert (id),
  at INTEGER NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  retro INTEGER NOT NULL,
  facts TEXT NOT NULL,
  PRIMARY KEY (kind, match_key, stream, sequence)
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_hit_alert ON alert_hit (alert, at);

CREATE TABLE alert_position (
  view TEXT NOT NULL,
  stream TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (view, stream)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_history (
  id INTEGER PRIMARY KEY,
  alert INTEGER NOT NULL REFERENCES alert (id),
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;

CREATE INDEX alert_history_alert ON alert_history (alert, id);

-- What leaves the machine: one row for each alert, step and channel. The key is sent along, so that
-- a receiver knows a repetition after a crash.
CREATE TABLE alert_outbox (
  id INTEGER PRIMARY KEY,
  alert INTEGER NOT NULL REFERENCES alert (id),
  step TEXT NOT NULL,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,
  problem TEXT NOT NULL,
  summary TEXT NOT NULL,
  UNIQUE (alert, step, channel)
) STRICT;

CREATE INDEX alert_outbox_state ON alert_outbox (state, next_at);
