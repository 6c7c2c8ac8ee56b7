-- The fuse over all channels of notification: one row once it has blown, blown while blown_at is later
-- than mended_at. Times are milliseconds since 1970 UTC.
CREATE TABLE alert_fuse (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  blown_at INTEGER NOT NULL,
  mended_at INTEGER NOT NULL,
  mended_by TEXT NOT NULL
) STRICT;

CREATE INDEX alert_outbox_sent ON alert_outbox (sent_at) WHERE state = 'sent';
