package tr.emanet.indicator.list;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.alert.Policy;
import tr.emanet.crypto.Digests;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.store.Database;

/**
 * The lists that firewalls pull. Made on a thread of its own after each {@link #refresh} and once
 * an hour, because values expire; a pull never waits for that and gets the list before it. Values
 * and written forms lie in a folder of their own, so that memory does not grow with the lists. Safe
 * for many threads.
 */
public final class BlockLists implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(BlockLists.class);
  private static final long EVERY_MINUTES = 60;
  private static final int MAX_PULLS = 500;

  /** Changes the tag of every form when the way of writing changes. */
  private static final String WRITER = "2";

  /** What the lists are made from. */
  public record Sources(
      IndicatorStore indicators, NeverBlock neverBlock, Supplier<Policy> policy) {}

  /** A list in one form, ready to be sent. */
  public record Written(
      String etag, Instant changedAt, long version, int entries, int leftOut, Path file) {}

  /** What an address gives. */
  public sealed interface Found {
    /**
     * The list has this form.
     *
     * @param etag strong, without quotes
     */
    record Here(Published list, ListFormat format, String etag) implements Found {}

    /** The list does not have this form. */
    record NoFormat(Published list) implements Found {}

    /** There is no such list. */
    record Unknown() implements Found {}

    /** It is being made for the first time since the start. */
    record NotYet() implements Found {}
  }

  /** The state of one list between two makings. */
  private record Current(Published published, ListVersion version, Path values) {}

  private final List<BlockList> lists;
  private final Sources sources;
  private final ListStore store;
  private final ListFolder folder;
  private final InstantSource clock;
  private final Map<String, Current> current = new ConcurrentHashMap<>();
  private final Map<String, Written> written = new ConcurrentHashMap<>();
  private final ReentrantLock making = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();
  private final Semaphore wanted = new Semaphore(0);
  private volatile boolean closed;
  private @Nullable Thread maker;

  /**
   * @param folder for values and forms; what lies in it from before is deleted
   */
  public BlockLists(
      List<BlockList> lists, Sources sources, Database database, Path folder, InstantSource clock)
      throws IOException {
    this.lists = List.copyOf(lists);
    this.sources = sources;
    this.store = new ListStore(database);
    this.folder = ListFolder.emptied(folder);
    this.clock = clock;
  }

  /** Begins to make lists beside everything else. */
  public void start() {
    maker = Thread.ofPlatform().daemon().name("block-lists").start(this::keep);
    refresh();
  }

  /** What is in force has changed. Returns at once. */
  public void refresh() {
    wanted.release();
  }

  private void keep() {
    while (!closed) {
      try {
        boolean asked = wanted.tryAcquire(EVERY_MINUTES, TimeUnit.MINUTES);
        wanted.drainPermits();
        if (!closed) {
          make();
          LOG.atDebug().addKeyValue("asked", asked).log("Block lists are made");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException | RuntimeException e) {
        LOG.atError().setCause(e).log("Block lists cannot be made; those before stay");
      }
    }
  }

  /** Makes every list from what is in force now; five seconds of one core for 500,000. */
  public void make() throws IOException {
    making.lock();
    try {
      Instant now = Instant.ofEpochMilli(clock.millis());
      Policy policy = sources.policy().get();
      Map<BlockList, Selection> selections = new LinkedHashMap<>();
      lists.forEach(list -> selections.put(list, new Selection(list, policy)));
      sources
          .indicators()
          .inForce(
              sources.neverBlock(),
              now,
              indicator -> selections.values().forEach(s -> s.offer(indicator)));
      for (Map.Entry<BlockList, Selection> entry : selections.entrySet()) {
        publish(entry.getKey(), entry.getValue(), now);
      }
    } finally {
      making.unlock();
    }
  }

  private void publish(BlockList list, Selection selection, Instant now) throws IOException {
    List<String> values = selection.values();
    MessageDigest digest = Digests.sha256();
    Path part = folder.part(list.name());
    try (Writer out =
        ListFolder.writer(new DigestOutputStream(Files.newOutputStream(part), digest))) {
      for (String value : values) {
        out.write(value);
        out.write('\n');
      }
    }
    ListVersion version =
        store.version(list.name(), HexFormat.of().formatHex(digest.digest()), now);
    Path file = folder.keep(part, key(list.name(), version.version()) + "values");
    Published published =
        new Published(
            list,
            version.version(),
            values.size(),
            selection.cut(),
            selection.weak(),
            selection.poisoned(),
            version.changedAt(),
            store.secret(list.name()).isPresent());
    Current before = current.put(list.name(), new Current(published, version, file));
    if (selection.poisoned() > 0 || selection.cut() > 0) {
      LOG.atWarn()
          .addKeyValue("list", list.name())
          .addKeyValue("entries", values.size())
          .addKeyValue("cut", selection.cut())
          .addKeyValue("outside_grammar", selection.poisoned())
          .log("A block list leaves values out");
    }
    if (before != null && before.version().version() != version.version()) {
      String old = key(list.name(), before.version().version());
      written.keySet().removeIf(key -> key.startsWith(old));
      folder.forget(old);
    }
  }

  private static String key(String list, long version) {
    return list + "." + version + ".";
  }

  /** Every list; those that were not made yet with version 0. */
  public List<Published> all() {
    List<Published> out = new ArrayList<>();
    for (BlockList list : lists) {
      Current now = current.get(list.name());
      Published shown =
          now == null ? new Published(list, 0, 0, 0, 0, 0, Instant.EPOCH, false) : now.published();
      out.add(withSecret(shown, store.secret(list.name()).isPresent()));
    }
    return out;
  }

  private static Published withSecret(Published p, boolean secret) {
    return new Published(
        p.list(), p.version(), p.entries(), p.cut(), p.weak(), p.poisoned(), p.changedAt(), secret);
  }

  /** Who pulled what, the latest first; at most 500 rows. */
  public List<Pull> pulls(int limit) {
    return store.pulls(Math.clamp(limit, 1, MAX_PULLS));
  }

  /** Whether a list of this name is configured. */
  public boolean exists(String name) {
    return lists.stream().anyMatch(list -> list.name().equals(name));
  }

  /**
   * Looks an address up; nothing is written yet.
   *
   * @param file name, dot and suffix, such as {@code usom-ip.pan.txt}
   */
  public Found find(String file) {
    int dot = file.indexOf('.');
    String name = dot < 0 ? file : file.substring(0, dot);
    if (!exists(name)) {
      return new Found.Unknown();
    }
    Current now = current.get(name);
    if (now == null) {
      return new Found.NotYet();
    }
    Optional<ListFormat> format =
        ListFormat.named(dot < 0 ? "" : file.substring(dot + 1))
            .filter(f -> f.fits(now.published().list().kind()));
    return format
        .<Found>map(f -> new Found.Here(now.published(), f, etag(now, f)))
        .orElseGet(() -> new Found.NoFormat(now.published()));
  }

  /** The tag changes with the bytes and not with anything else; the serial is part of a zone. */
  private static String etag(Current now, ListFormat format) {
    String serial = format == ListFormat.RPZ ? Long.toString(now.version().serial()) : "";
    return Digests.sha256Hex(
            String.join(
                "|",
                WRITER,
                now.version().digest(),
                now.published().list().name(),
                format.suffix(),
                serial))
        .substring(0, 32);
  }

  /**
   * The file to send; written when it is asked for the first time.
   *
   * @throws IOException when the disk does not take it
   */
  public Written open(Found.Here here) throws IOException {
    String name = here.list().list().name();
    writing.lock();
    try {
      Current now = current.get(name);
      if (now == null) {
        throw new IOException("block list " + name + " is not made yet");
      }
      ListFormat format = here.format();
      String key = key(name, now.version().version()) + format.suffix();
      Written ready = written.get(key);
      if (ready == null) {
        ready = write(now, format, key);
        written.put(key, ready);
      }
      return ready;
    } finally {
      writing.unlock();
    }
  }

  private Written write(Current now, ListFormat format, String key) throws IOException {
    ListWriter writer =
        new ListWriter(now.published().list(), format, now.version().serial() & 0xffffffffL);
    Path part = folder.part(key);
    try (Writer out = ListFolder.writer(Files.newOutputStream(part))) {
      writer.write(now.values(), out);
    }
    Path file = folder.keep(part, key);
    return new Written(
        etag(now, format),
        now.version().changedAt(),
        now.version().version(),
        writer.written(),
        writer.leftOut(),
        file);
  }

  /** Remembers a pull; a store that does not take it must not keep a firewall from its list. */
  void pulled(Pull pull) {
    try {
      store.pulled(pull);
    } catch (UncheckedIOException e) {
      LOG.atWarn().setCause(e).log("A pull of a block list could not be remembered");
    }
  }

  /** Where a value stands and since when. */
  public record Place(String list, long version, Instant since, List<Pull> firstPulls) {}

  /**
   * In which lists a value is, and who has pulled it with them; reads the lists, some milliseconds.
   *
   * @param mostPulls of each list
   */
  public List<Place> places(CanonicalValue value, int mostPulls) {
    List<Place> out = new ArrayList<>();
    List<Indicator> known = sources.indicators().of(value);
    for (BlockList list : lists) {
      Current now = current.get(list.name());
      if (now == null || !list.kind().takes(value.kind()) || !holds(now, value.text())) {
        continue;
      }
      Instant inForce =
          known.stream()
              .filter(i -> i.activeUntil() == null)
              .map(Indicator::activeFrom)
              .min(Instant::compareTo)
              .orElse(now.version().changedAt());
      ListVersion entered = store.firstSince(list.name(), inForce).orElse(now.version());
      out.add(
          new Place(
              list.name(),
              entered.version(),
              entered.changedAt(),
              store.firstPulls(list.name(), entered.version(), mostPulls)));
    }
    return out;
  }

  private static boolean holds(Current now, String value) {
    try (Stream<String> lines = Files.lines(now.values(), StandardCharsets.US_ASCII)) {
      return lines.anyMatch(value::equals);
    } catch (IOException | UncheckedIOException e) {
      // It was replaced while we looked; the next look sees the new one.
      LOG.atDebug().setCause(e).log("A block list changed while it was read");
      return false;
    }
  }

  ListStore store() {
    return store;
  }

  /** Ends making; before the store closes. */
  @Override
  public void close() {
    closed = true;
    Thread thread = maker;
    if (thread == null) {
      return;
    }
    wanted.release();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
