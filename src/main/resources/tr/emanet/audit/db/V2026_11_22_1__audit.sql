-- The chain of acts. Times are microseconds since 1970 UTC; digests are SHA-256 in hex.
CREATE TABLE audit_entry (
  sequence INTEGER PRIMARY KEY,
  at_micros INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  details TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE INDEX audit_entry_actor ON audit_entry (actor, sequence);

-- The end of the chain, so that rows cut off at the end are missed as well.
CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;

INSERT INTO audit_head (id, sequence, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'audit entries are never changed');
END;

CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'audit entries are never deleted');
END;

CREATE TRIGGER audit_entry_in_order BEFORE INSERT ON audit_entry
WHEN NEW.sequence <> (SELECT sequence + 1 FROM audit_head)
  OR NEW.previous <> (SELECT hash FROM audit_head)
BEGIN
  SELECT RAISE(ABORT, 'audit entries are only appended');
END;

CREATE TRIGGER audit_head_follows AFTER INSERT ON audit_entry
BEGIN
  UPDATE audit_head SET sequence = NEW.sequence, hash = NEW.hash;
END;

CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
BEGIN
  SELECT RAISE(ABORT, 'the audit head is never deleted');
END;
