-- The inventory. An asset is known by its address or prefix, in canonical form.
CREATE TABLE asset (
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  unit TEXT NOT NULL,
  owner TEXT NOT NULL,
  criticality TEXT NOT NULL
) STRICT;

CREATE TABLE asset_product (
  asset INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
  vendor TEXT NOT NULL,
  product TEXT NOT NULL,
  version TEXT NOT NULL,
  PRIMARY KEY (asset, vendor, product, version)
) STRICT, WITHOUT ROWID;

-- One row: rises with each import, so that a preview of an older inventory is not applied.
CREATE TABLE asset_inventory (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

INSERT INTO asset_inventory VALUES (1, 0, 0);
