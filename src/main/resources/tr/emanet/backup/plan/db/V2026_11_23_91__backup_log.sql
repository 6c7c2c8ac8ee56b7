-- What happened in a run or a restore, line by line. Times are milliseconds since 1970 UTC of this
-- appliance; said holds the values of the sentence, one a line.
CREATE TABLE backup_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subject TEXT NOT NULL,
  at INTEGER NOT NULL,
  what TEXT NOT NULL,
  said TEXT NOT NULL
) STRICT;
CREATE INDEX backup_log_subject ON backup_log (subject, id);
