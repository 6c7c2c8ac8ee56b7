package tr.emanet.asset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Principal;
import tr.emanet.store.Database;

/**
 * The inventory in force. Look-ups take no lock and may be made by any number of threads; an import
 * replaces the whole at once.
 */
public final class Assets {

  private static final Logger LOG = LoggerFactory.getLogger(Assets.class);

  private final Database database;
  private final AssetStore store;
  private final AuditLog audit;
  private final InstantSource clock;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Inventory current;

  /** Loads what is stored. */
  public Assets(Database database, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.store = new AssetStore(database);
    this.audit = audit;
    this.clock = clock;
    this.current = store.load();
  }

  /** What came of an import. */
  public sealed interface Import {
    /** It is in force, and durable. */
    record Done(ImportPlan plan) implements Import {}

    /** Somebody imported after the preview was made: look again. */
    record Stale() implements Import {}
  }

  /** Everything at one revision. */
  public Inventory inventory() {
    return current;
  }

  /**
   * The most specific asset of an address; null when it lies in none.
   *
   * @param addresses holds the address in its 16-byte form from {@code at} on, as in {@link
   *     tr.emanet.event.Event#addresses}
   */
  public @Nullable AssetEntry of(byte[] addresses, int at) {
    return current.of(addresses, at);
  }

  /** The same for a text such as {@code 10.0.0.5}; null also when it is no address. */
  public @Nullable AssetEntry of(String address) {
    return current.of(address);
  }

  /**
   * The asset called so, in any case; a full name also finds an asset that is only called by its
   * first label, and a first label an asset with a full name when there is one such asset only.
   */
  public @Nullable AssetEntry byName(String host) {
    return current.byName(host);
  }

  /** By address, else by name: what an alert calls its asset. */
  public @Nullable AssetEntry called(String text) {
    AssetEntry found = current.of(text);
    return found != null ? found : current.byName(text);
  }

  /** Told after each import, on the importing thread. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** What an import of this file would do. */
  public ImportPlan plan(List<AssetEntry> file) {
    return ImportPlan.of(current, file);
  }

  /**
   * Makes a file the inventory.
   *
   * @param origin name of the file, for the audit chain
   * @param revision of the inventory that the person saw in the preview; -1 for any
   */
  public Import apply(Principal who, String origin, List<AssetEntry> file, long revision) {
    Import outcome =
        database.transaction(
            () -> {
              Inventory before = store.load();
              if (revision >= 0 && before.revision() != revision) {
                return new Import.Stale();
              }
              ImportPlan plan = ImportPlan.of(before, file);
              if (!plan.empty()) {
                store.apply(plan, clock.instant());
              }
              audit.record(
                  who,
                  "assets.import",
                  Map.of(
                      "file",
                      origin,
                      "added",
                      Integer.toString(plan.added().size()),
                      "changed",
                      Integer.toString(plan.changed().size()),
                      "removed",
                      Integer.toString(plan.removed().size()),
                      "digest",
                      digest(file)));
              return new Import.Done(plan);
            });
    if (outcome instanceof Import.Done done && !done.plan().empty()) {
      reload(done.plan());
    }
    return outcome;
  }

  private synchronized void reload(ImportPlan plan) {
    Inventory next = store.load();
    if (next.revision() > current.revision()) {
      current = next;
    }
    LOG.atInfo()
        .addKeyValue("revision", next.revision())
        .addKeyValue("assets", next.entries().size())
        .addKeyValue("added", plan.added().size())
        .addKeyValue("changed", plan.changed().size())
        .addKeyValue("removed", plan.removed().size())
        .log("The inventory was imported");
    listeners.forEach(Runnable::run);
  }

  /** SHA-256 of what the file says, so that the audit chain tells which one it was. */
  private static String digest(List<AssetEntry> entries) {
    try {
      byte[] text = AssetExport.csv(entries).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
