-- In which day's directory a checkpoint lies.
CREATE TABLE seal_checkpoint (
  number INTEGER PRIMARY KEY,
  day TEXT NOT NULL
) STRICT;
