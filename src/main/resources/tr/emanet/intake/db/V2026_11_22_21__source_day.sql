-- What each transport source brought on one day, written about once a minute: the share of the
-- day's disk outlives a restart. Addresses are 16 bytes in hex.
CREATE TABLE source_day (
  day TEXT NOT NULL,
  address TEXT NOT NULL,
  trust TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (day, address)
) STRICT;
