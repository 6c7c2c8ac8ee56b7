-- Searches that people keep by name. The address is the search screen's own, with everything it
-- shows; the person is the id of the audit chain. Times are milliseconds since 1970 UTC.
CREATE TABLE saved_search (
  id INTEGER PRIMARY KEY,
  person TEXT NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  UNIQUE (person, name)
) STRICT;
