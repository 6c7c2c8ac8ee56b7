package tr.emanet.asset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import tr.emanet.store.Database;

/** The rows of the inventory. Thread-safe. */
final class AssetStore {

  private final Database database;

  AssetStore(Database database) {
    this.database = database;
  }

  /** A consistent reading of everything. */
  Inventory load() {
    return database.read(
        h -> {
          Map<Long, List<Product>> products = new LinkedHashMap<>();
          h.createQuery("SELECT asset, vendor, product, version FROM asset_product")
              .map(
                  (rs, c) ->
                      products
                          .computeIfAbsent(rs.getLong(1), key -> new ArrayList<>())
                          .add(new Product(rs.getString(2), rs.getString(3), rs.getString(4))))
              .list();
          List<AssetEntry> entries =
              h.createQuery(
                      "SELECT id, network, name, kind, unit, owner, criticality FROM asset"
                          + " ORDER BY id")
                  .map(
                      (rs, c) ->
                          new AssetEntry(
                              network(rs.getString(2)),
                              rs.getString(3),
                              AssetKind.read(rs.getString(4)).orElse(AssetKind.CLIENT),
                              rs.getString(5),
                              rs.getString(6),
                              Criticality.read(rs.getString(7)).orElse(Criticality.MEDIUM),
                              products.getOrDefault(rs.getLong(1), List.of())))
                  .list();
          long[] head =
              h.createQuery("SELECT revision, changed_at FROM asset_inventory")
                  .map((rs, c) -> new long[] {rs.getLong(1), rs.getLong(2)})
                  .one();
          return new Inventory(head[0], Instant.ofEpochMilli(head[1]), entries);
        });
  }

  private static Network network(String text) {
    return Network.read(text)
        .orElseThrow(() -> new IllegalStateException("asset row of '" + text + "'"));
  }

  /** Applies a plan and raises the revision, in the caller's transaction. */
  void apply(ImportPlan plan, Instant now) {
    database.write(
        h -> {
          delete(h, plan.removed());
          List<AssetEntry> written = new ArrayList<>(plan.added());
          plan.changed().forEach(change -> written.add(change.after()));
          write(h, written);
          return h.createUpdate(
                  "UPDATE asset_inventory SET revision = revision + 1, changed_at = :now")
              .bind("now", now.toEpochMilli())
              .execute();
        });
  }

  private static void delete(Handle h, List<AssetEntry> removed) {
    PreparedBatch batch = h.prepareBatch("DELETE FROM asset WHERE network = :network");
    removed.forEach(entry -> batch.bind("network", entry.key()).add());
    if (!removed.isEmpty()) {
      batch.execute();
    }
  }

  private static void write(Handle h, List<AssetEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    PreparedBatch rows =
        h.prepareBatch(
            "INSERT INTO asset (network, name, kind, unit, owner, criticality) VALUES (:network,"
                + " :name, :kind, :unit, :owner, :criticality) ON CONFLICT (network) DO UPDATE SET"
                + " name = excluded.name, kind = excluded.kind, unit = excluded.unit,"
                + " owner = excluded.owner, criticality = excluded.criticality");
    PreparedBatch forget =
        h.prepareBatch(
            "DELETE FROM asset_product WHERE asset = (SELECT id FROM asset WHERE network ="
                + " :network)");
    PreparedBatch products =
        h.prepareBatch(
            "INSERT INTO asset_product SELECT id, :vendor, :product, :version FROM asset WHERE"
                + " network = :network");
    for (AssetEntry entry : entries) {
      rows.bind("network", entry.key())
          .bind("name", entry.name())
          .bind("kind", entry.kind().id())
          .bind("unit", entry.unit())
          .bind("owner", entry.owner())
          .bind("criticality", entry.criticality().id())
          .add();
      forget.bind("network", entry.key()).add();
      for (Product product : entry.products()) {
        products
            .bind("vendor", product.vendor())
            .bind("product", product.product())
            .bind("version", product.version())
            .bind("network", entry.key())
            .add();
      }
    }
    rows.execute();
    forget.execute();
    if (products.size() > 0) {
      products.execute();
    }
  }
}
