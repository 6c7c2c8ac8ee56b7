-- The code tables of USOM/SGB and what it publishes in words. Times are milliseconds since 1970 UTC.
CREATE TABLE usom_code (
  code_table TEXT NOT NULL,
  code TEXT NOT NULL,
  title_tr TEXT NOT NULL,
  title_en TEXT NOT NULL,
  description_tr TEXT NOT NULL,
  description_en TEXT NOT NULL,
  PRIMARY KEY (code_table, code)
) STRICT;

CREATE TABLE usom_notice (
  kind TEXT NOT NULL,
  external INTEGER NOT NULL,
  slug TEXT NOT NULL,
  language TEXT NOT NULL,
  title TEXT NOT NULL,
  html TEXT NOT NULL,
  text TEXT NOT NULL,
  cves TEXT NOT NULL,
  tags TEXT NOT NULL,
  url TEXT NOT NULL,
  active INTEGER NOT NULL,
  published_at INTEGER,
  first_seen INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (kind, external)
) STRICT;

CREATE INDEX usom_notice_published ON usom_notice (published_at);
