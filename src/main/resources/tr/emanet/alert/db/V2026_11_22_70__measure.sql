-- "Alınan tedbir". Times are milliseconds since 1970 UTC. Rows are only added: a planned step is
-- completed by a row of its own, and the triggers hold that against every program.
CREATE TABLE measure (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  owner TEXT NOT NULL,
  at INTEGER NOT NULL,
  due INTEGER,
  done INTEGER,
  text TEXT NOT NULL,
  who TEXT NOT NULL
) STRICT;

CREATE INDEX measure_subject ON measure (kind, subject, id);

CREATE TABLE measure_done (
  measure INTEGER PRIMARY KEY REFERENCES measure (id),
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;

CREATE INDEX alert_match ON alert (match_key);

CREATE TRIGGER measure_keeps BEFORE UPDATE ON measure
BEGIN SELECT raise(ABORT, 'measures are not changed'); END;

CREATE TRIGGER measure_stays BEFORE DELETE ON measure
BEGIN SELECT raise(ABORT, 'measures are not deleted'); END;

CREATE TRIGGER measure_done_keeps BEFORE UPDATE ON measure_done
BEGIN SELECT raise(ABORT, 'measures are not changed'); END;

CREATE TRIGGER measure_done_stays BEFORE DELETE ON measure_done
BEGIN SELECT raise(ABORT, 'measures are not deleted'); END;
