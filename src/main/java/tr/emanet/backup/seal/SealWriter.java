package tr.emanet.backup.seal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.crypto.sign.MachineSeal;

/**
 * Writes one seal: its lists, its signature, and at last the seal itself, which makes it count. One
 * thread, under the folder's lock.
 */
final class SealWriter {

  private static final String PROGRAM = "/tr/emanet/archive/Verify.java";

  private static final Logger LOG = LoggerFactory.getLogger(SealWriter.class);

  private final SealFolder folder;
  private final MachineSeal signer;
  private final InstantSource clock;

  SealWriter(SealFolder folder, MachineSeal signer, InstantSource clock) {
    this.folder = folder;
    this.signer = signer;
    this.clock = clock;
  }

  /** Takes away what a seal left that was cut before it counted, and reads the chain again. */
  static SealChain cleaned(SealFolder folder, SealChain chain, String repository)
      throws IOException {
    long head = chain.head().sequence();
    String next = SealFolder.name(head + 1, "");
    for (String name : new String[] {SealFolder.SEALS, SealFolder.PROGRAM}) {
      if (chain.findings().isEmpty()) {
        folder.unstage(head, name);
      }
      Files.deleteIfExists(folder.root().resolve(SealFolder.staged(head + 1, name)));
    }
    boolean cut = false;
    for (String ending : new String[] {".packs.sha256", ".removed.sha256", ".json.p7s"}) {
      cut |= Files.deleteIfExists(folder.root().resolve(next + ending));
    }
    return cut ? SealChain.read(folder, repository, null, Instant.EPOCH) : chain;
  }

  SealHead write(SealChain chain, SealDraft draft) throws IOException {
    long sequence = chain.head().sequence() + 1;
    NavigableMap<String, String> set = new TreeMap<>(chain.set());
    draft.removed().forEach(set::remove);
    set.putAll(draft.added());
    byte[] added = ObjectLists.encode(draft.added());
    byte[] removed = ObjectLists.encode(draft.removed());
    Map<String, byte[]> files = beside();
    Map<String, String> beside = new TreeMap<>();
    files.forEach((name, bytes) -> beside.put(name, Seal.digest(bytes)));
    Seal seal = seal(sequence, chain, draft, Seal.digest(added), Seal.digest(removed), set, beside);
    byte[] bytes = seal.encode();
    // Staged: in their places they would contradict the newest seal, should this one be cut.
    List<String> fresh = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (!Arrays.equals(folder.read(file.getKey()), file.getValue())) {
        folder.write(SealFolder.staged(sequence, file.getKey()), file.getValue());
        fresh.add(file.getKey());
      }
    }
    folder.write(SealFolder.name(sequence, ".packs.sha256"), added);
    folder.write(SealFolder.name(sequence, ".removed.sha256"), removed);
    folder.write(SealFolder.name(sequence, ".json.p7s"), signer.sign(bytes));
    folder.write(SealFolder.name(sequence, ".json"), bytes);
    for (String name : fresh) {
      folder.unstage(sequence, name);
    }
    return new SealHead(sequence, Seal.digest(bytes));
  }

  private Seal seal(
      long sequence,
      SealChain chain,
      SealDraft draft,
      String added,
      String removed,
      NavigableMap<String, String> set,
      Map<String, String> beside)
      throws IOException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Snapshot snapshot = draft.snapshot();
    BackupFacts facts = draft.facts();
    return new Seal(
        draft.repository(),
        sequence,
        chain.head().digest(),
        chain.newestSignature(),
        draft.kind(),
        facts.snapshot(),
        snapshot == null ? "" : snapshot.tree().hex(),
        snapshot == null ? List.of() : snapshot.paths(),
        facts.job(),
        facts.source(),
        snapshot == null ? "" : snapshot.time().toString(),
        now,
        facts.state(),
        counts(facts, draft, clockBack(chain, now)),
        Seal.digest(String.join("\n", facts.unread()).getBytes(StandardCharsets.UTF_8)),
        draft.removals(),
        draft.approval(),
        added,
        removed,
        Seal.digest(ObjectLists.encode(set)),
        beside,
        days(chain));
  }

  /** A clock that was far ahead once must not stop the sealing for years: the seal says so. */
  private static long clockBack(SealChain chain, Instant now) {
    if (chain.links().isEmpty()) {
      return 0;
    }
    long seconds = Seal.clockBack(chain.links().getLast().seal().time(), now);
    if (seconds > 0) {
      LOG.atWarn()
          .addKeyValue("seconds", seconds)
          .log("The clock of this machine is before the newest seal; the next one says so");
    }
    return seconds;
  }

  private static Map<String, Long> counts(BackupFacts facts, SealDraft draft, long clockBack) {
    Map<String, Long> counts = new TreeMap<>(facts.counts());
    counts.putIfAbsent("unread", (long) facts.unread().size());
    counts.put("unread_listed", (long) facts.unread().size());
    if (clockBack > 0) {
      counts.put(Seal.CLOCK_BACK, clockBack);
    }
    counts.put("added_files", (long) draft.added().size());
    counts.put("removed_files", (long) draft.removed().size());
    return counts;
  }

  /** The certificates and the program of the auditor as they are to be, by name. */
  private Map<String, byte[]> beside() throws IOException {
    byte[] before = folder.read(SealFolder.SEALS);
    Set<X509Certificate> all = new LinkedHashSet<>(signer.certificates());
    if (before != null) {
      all.addAll(Pems.parse(before, SealFolder.SEALS));
    }
    try (InputStream in = SealWriter.class.getResourceAsStream(PROGRAM)) {
      if (in == null) {
        throw new IOException("the resource Verify.java is missing: install the program anew");
      }
      return Map.of(SealFolder.SEALS, Pems.encode(all), SealFolder.PROGRAM, in.readAllBytes());
    }
  }

  /** Daily files that no seal names as they are now. */
  private List<Seal.Day> days(SealChain chain) throws IOException {
    List<Seal.Day> found = new ArrayList<>();
    for (String name : folder.names()) {
      if (DayFile.isName(name)) {
        byte[] list = folder.read(name);
        byte[] stamp = folder.read(name + ".tsr");
        Seal.Day day =
            new Seal.Day(
                DayFile.day(name),
                Seal.digest(list == null ? new byte[0] : list),
                stamp == null ? "" : Seal.digest(stamp));
        if (!day.equals(chain.days().get(day.name()))) {
          found.add(day);
        }
      }
    }
    return found;
  }
}
