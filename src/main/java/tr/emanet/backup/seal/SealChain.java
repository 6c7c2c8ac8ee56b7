package tr.emanet.backup.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.crypto.sign.SignatureCheck;
import tr.emanet.crypto.sign.SignatureResult;
import tr.emanet.crypto.sign.SignatureTerms;
import tr.emanet.crypto.sign.SignedContent;

/**
 * The seals of a repository read from the first to the newest, and the set of files that they add
 * up to. What is wrong is collected; after it the set is what the seals that could be read say. One
 * thread.
 */
final class SealChain {

  /** A seal that could be read. */
  record Link(Seal seal, String digest) {}

  /** As for signatures. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final SealFolder folder;
  private final String repository;
  private final List<Link> links = new ArrayList<>();
  private final NavigableMap<String, String> set = new TreeMap<>();
  private final Map<String, Seal.Day> days = new TreeMap<>();
  private final List<SealFinding> findings = new ArrayList<>();
  private boolean turned;
  private SealHead head = new SealHead(0, SealHead.NONE);
  private String newestSignature = SealHead.NONE;

  private SealChain(SealFolder folder, String repository) {
    this.folder = folder;
    this.repository = repository;
  }

  /**
   * Reads the chain.
   *
   * @param repository id in the configuration; empty when it is not known
   * @param trust whose signatures count; null to look at digests only
   */
  static SealChain read(
      SealFolder folder, String repository, @Nullable SealTrust trust, Instant now)
      throws IOException {
    SealChain chain = new SealChain(folder, repository);
    NavigableSet<String> names = folder.names();
    long last = 0;
    for (String name : names) {
      if (name.matches("[0-9]{8,12}\\.json")) {
        last = Math.max(last, Long.parseLong(name.substring(0, name.indexOf('.'))));
      }
    }
    Set<String> expected = new HashSet<>();
    for (long n = 1; n <= last; n++) {
      chain.link(n, trust, now, names, expected);
    }
    chain.sum();
    if (trust != null) {
      chain.future(now);
    }
    chain.strangers(names, expected);
    chain.beside();
    return chain;
  }

  private void link(
      long n,
      @Nullable SealTrust trust,
      Instant now,
      NavigableSet<String> names,
      Set<String> expected)
      throws IOException {
    String name = SealFolder.name(n, ".json");
    for (String ending : new String[] {".json", ".json.p7s", ".packs.sha256", ".removed.sha256"}) {
      expected.add(SealFolder.name(n, ending));
    }
    byte[] bytes = folder.read(name);
    if (bytes == null) {
      broken(name, "is missing: the chain has a gap");
      head = new SealHead(n, "");
      newestSignature = "";
      return;
    }
    try {
      Seal seal = Seal.parse(bytes);
      if (seal.sequence() != n) {
        throw new BackupException("says that it is seal " + seal.sequence());
      }
      if (!seal.previous().equals(head.digest()) && !head.digest().isEmpty()) {
        broken(name, "does not name the seal before it");
      }
      if (!repository.isEmpty() && !seal.repository().equals(repository)) {
        broken(name, "is of another repository");
      }
      long back = links.isEmpty() ? 0 : Seal.clockBack(links.getLast().seal().time(), seal.time());
      if (seal.counts().getOrDefault(Seal.CLOCK_BACK, 0L) != back) {
        broken(name, "is older than the seal before it and does not say so, or the reverse");
      }
      turned |= back > 0;
      String before = newestSignature;
      newestSignature = "";
      // A seal of a clock that was ahead; when it is the newest, that is told below.
      signature(name, bytes, trust, seal.time().isAfter(now) ? seal.time() : now);
      if (!before.isEmpty() && !seal.previousSignature().equals(before)) {
        broken(SealFolder.name(n - 1, ".json.p7s"), "is not the one that the next seal names");
      }
      apply(seal, name, names);
      links.add(new Link(seal, Seal.digest(bytes)));
      seal.days().forEach(day -> days.put(day.name(), day));
      head = new SealHead(n, Seal.digest(bytes));
    } catch (BackupException e) {
      broken(name, String.valueOf(e.getMessage()));
      head = new SealHead(n, Seal.digest(bytes));
    }
  }

  private void signature(String name, byte[] bytes, @Nullable SealTrust trust, Instant now)
      throws IOException {
    String file = name + ".p7s";
    byte[] p7s = folder.read(file);
    if (p7s == null) {
      broken(file, "is missing: nobody signed");
      return;
    }
    newestSignature = Seal.digest(p7s);
    if (trust != null) {
      SignatureTerms terms = SignatureTerms.machine(trust.seals(), List.of(), now);
      switch (SignatureCheck.check(p7s, SignedContent.of(bytes), terms)) {
        case SignatureResult.Valid valid -> {
          // The bytes of the certificate inside are not under the signature.
          if (!holds(p7s, valid.chain().getFirst())) {
            broken(file, "holds another form of the signer's certificate");
          }
        }
        case SignatureResult.Refused refused -> broken(file, refused.reason());
      }
    }
  }

  private static boolean holds(byte[] p7s, X509Certificate certificate) throws BackupException {
    try {
      String whole = new String(p7s, StandardCharsets.ISO_8859_1);
      return whole.contains(new String(certificate.getEncoded(), StandardCharsets.ISO_8859_1));
    } catch (CertificateEncodingException e) {
      throw new BackupException("a certificate cannot be written", e);
    }
  }

  private void apply(Seal seal, String name, NavigableSet<String> names) throws IOException {
    NavigableMap<String, String> added =
        list(seal.sequence(), ".packs.sha256", seal.added(), names);
    NavigableMap<String, String> removed =
        list(seal.sequence(), ".removed.sha256", seal.removed(), names);
    for (Map.Entry<String, String> entry : removed.entrySet()) {
      if (!set.remove(entry.getKey(), entry.getValue())) {
        broken(name, "removes what is not there: " + entry.getKey());
      }
    }
    for (Map.Entry<String, String> entry : added.entrySet()) {
      if (set.put(entry.getKey(), entry.getValue()) != null) {
        broken(name, "adds what is there: " + entry.getKey());
      }
    }
  }

  private NavigableMap<String, String> list(
      long sequence, String ending, String digest, NavigableSet<String> names) throws IOException {
    String name = SealFolder.name(sequence, ending);
    byte[] bytes = names.contains(name) ? folder.read(name) : null;
    if (bytes == null) {
      broken(name, "is missing");
      return Collections.emptyNavigableMap();
    }
    if (!Seal.digest(bytes).equals(digest)) {
      broken(name, "is altered: its seal names another digest");
      return Collections.emptyNavigableMap();
    }
    try {
      return ObjectLists.parse(bytes);
    } catch (BackupException e) {
      broken(name, String.valueOf(e.getMessage()));
      return Collections.emptyNavigableMap();
    }
  }

  /** No later seal says that the clock was ahead: this machine's clock is behind, or it was. */
  private void future(Instant now) {
    if (!links.isEmpty() && links.getLast().seal().time().isAfter(now.plus(TOLERANCE))) {
      broken(
          SealFolder.name(links.getLast().seal().sequence(), ".json"),
          "claims to be made in the future, at " + links.getLast().seal().time());
    }
  }

  /** The newest seal names what all of them add up to; one look is enough. */
  private void sum() {
    if (!links.isEmpty()) {
      Seal newest = links.getLast().seal();
      if (!Seal.digest(ObjectLists.encode(set)).equals(newest.set())) {
        broken(
            SealFolder.name(newest.sequence(), ".json"),
            "names another set of files than the seals up to it add up to");
      }
    }
  }

  /** Files that belong to no seal: a write that was cut, or somebody's. */
  private void strangers(NavigableSet<String> names, Set<String> expected) {
    for (String name : names) {
      boolean known =
          expected.contains(name)
              || name.equals(SealFolder.SEALS)
              || name.equals(SealFolder.AUTHORITIES)
              || name.equals(SealFolder.PROGRAM)
              || name.startsWith("daily/");
      if (!known) {
        broken(name, "belongs to no seal: a seal that was cut or taken away");
      }
    }
  }

  private void beside() throws IOException {
    if (links.isEmpty()) {
      return;
    }
    Seal newest = links.getLast().seal();
    for (Map.Entry<String, String> entry : newest.beside().entrySet()) {
      byte[] bytes = folder.read(entry.getKey());
      if (bytes == null || !Seal.digest(bytes).equals(entry.getValue())) {
        byte[] staged = folder.read(SealFolder.staged(newest.sequence(), entry.getKey()));
        if (staged != null && Seal.digest(staged).equals(entry.getValue())) {
          continue; // cut between the seal and its place; the next seal puts it there
        }
        broken(entry.getKey(), bytes == null ? "is missing" : "is not the one that was sealed");
      }
    }
  }

  private void broken(String name, String text) {
    findings.add(new SealFinding.Broken("seals/" + name, text));
  }

  /** Seals that could be read, in order. */
  List<Link> links() {
    return links;
  }

  /** Whether a seal that is known from elsewhere stands here; one of number 0 does. */
  boolean knows(SealHead known) {
    return known.sequence() == 0
        || links.stream()
            .anyMatch(
                link ->
                    link.seal().sequence() == known.sequence()
                        && link.digest().equals(known.digest()));
  }

  /** Path to digest of every file that the seals add up to. */
  NavigableMap<String, String> set() {
    return set;
  }

  /** Daily files as the seals name them. */
  Map<String, Seal.Day> days() {
    return days;
  }

  /** Whether the clock went back between two seals: days and numbers do not rise together. */
  boolean turned() {
    return turned;
  }

  List<SealFinding> findings() {
    return findings;
  }

  SealHead head() {
    return head;
  }

  /** SHA-256 of the signature of the newest seal; zeros when there is none. */
  String newestSignature() {
    return newestSignature;
  }
}
