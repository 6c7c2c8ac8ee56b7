-- What a copy has removed, because the seals of the repository say that it was removed there, and
-- what it has healed; and up to which seal the key files of a copy follow those of the repository.
ALTER TABLE backup_copy ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE backup_copy ADD COLUMN freed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE backup_copy ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE backup_copy ADD COLUMN healed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE backup_copy ADD COLUMN held TEXT NOT NULL DEFAULT '';

CREATE TABLE backup_copy_keys (
  place INTEGER NOT NULL REFERENCES backup_place (id),
  plan INTEGER NOT NULL,
  repository TEXT NOT NULL,
  head INTEGER NOT NULL DEFAULT 0,
  tried_at INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0,
  problem TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (place, plan, repository)
) STRICT;
