-- Signatures of persons over sealed objects. Times are milliseconds since 1970 UTC.
CREATE TABLE person_signature (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  object TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  cms BLOB NOT NULL,
  cms_sha256 TEXT NOT NULL,
  signer TEXT NOT NULL,
  masked_id TEXT NOT NULL,
  issuer TEXT NOT NULL,
  certificate TEXT NOT NULL,
  claimed_at INTEGER,
  stamped_at INTEGER,
  qualified INTEGER NOT NULL,
  trusted INTEGER NOT NULL,
  remarks TEXT NOT NULL,
  uploaded_by TEXT NOT NULL,
  uploaded_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX person_signature_once ON person_signature (kind, object, cms_sha256);

CREATE TRIGGER person_signature_no_update BEFORE UPDATE ON person_signature
BEGIN
  SELECT RAISE(ABORT, 'signatures are append-only');
END;

CREATE TRIGGER person_signature_no_delete BEFORE DELETE ON person_signature
BEGIN
  SELECT RAISE(ABORT, 'signatures are append-only');
END;
