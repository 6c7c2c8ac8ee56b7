-- Signatures of persons over sealed objects. Times are milliseconds since 1970 UTC.
CREATE TABLE person_signature (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  object TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  signer INTEGER NOT NULL,
  cms BLOB NOT NULL,
  cms_sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  person TEXT NOT NULL,
  issuer TEXT NOT NULL,
  certificate TEXT NOT NULL,
  claimed_at INTEGER NOT NULL,
  stamped_at INTEGER,
  qualified INTEGER NOT NULL,
  revocation_known INTEGER NOT NULL,
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

-- A container has one signature a manifest.
CREATE UNIQUE INDEX person_signature_signer ON person_signature (kind, object, signer)
  WHERE signer > 0;
