package tr.emanet.backup.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tr.emanet.backup.key.Drill;
import tr.emanet.backup.key.EmergencyKit;
import tr.emanet.backup.key.KeyRecords;
import tr.emanet.backup.key.KeyStatus;
import tr.emanet.backup.key.KeysException;
import tr.emanet.backup.key.RepositoryKeys;
import tr.emanet.backup.key.Share;
import tr.emanet.crypto.Digests;
import tr.emanet.crypto.envelope.Envelopes;
import tr.emanet.document.PdfPrinter;
import tr.emanet.event.Principal;

/**
 * What people do with the keys of repositories through the service: look, print, split, and prove
 * that the escrow can still open. A proof is a challenge: random bytes sealed to the certificate of
 * a holder, who opens them where the private key is and brings back what was inside. Thread-safe.
 */
public final class KeyDesk {

  private static final Duration ANSWERED_WITHIN = Duration.ofDays(7);
  private static final int OPEN = 64;
  private static final int NONCE = 24;

  private final RepositoryKeys keys;
  private final KeyRecords records;
  private final SecureRandom random;
  private final InstantSource clock;
  private final EmergencyKit kit;
  private final Map<String, Challenge> open = new LinkedHashMap<>();

  private record Challenge(String repository, int era, String holder, Instant at) {}

  public KeyDesk(
      RepositoryKeys keys,
      KeyRecords records,
      SecureRandom random,
      InstantSource clock,
      ZoneId zone) {
    this.keys = keys;
    this.records = records;
    this.random = random;
    this.clock = clock;
    this.kit = new EmergencyKit(new PdfPrinter(), zone);
  }

  /** How the keys of every repository stand. */
  public List<KeyStatus> all() throws IOException {
    List<KeyStatus> out = new ArrayList<>();
    for (String repository : keys.repositories()) {
      keys.status(repository).ifPresent(out::add);
    }
    return out;
  }

  /** How the keys of a repository stand. */
  public Optional<KeyStatus> one(String repository) throws IOException {
    return keys.repositories().contains(repository) ? keys.status(repository) : Optional.empty();
  }

  /** Whether the operations key comes from systemd and not from a file. */
  public boolean credential() {
    return keys.operations().isCredential();
  }

  /** Seals the password of a repository anew to the certificates that are there now. */
  public void wrap(Principal who, String repository) throws IOException {
    keys.wrap(repository, who.id());
  }

  /** The emergency kit without secrets, PDF. */
  public byte[] kit(Principal who, KeyStatus status, EmergencyKit.Language language)
      throws IOException {
    byte[] pdf = kit.print(status, "", List.of(), language, clock.instant());
    records.act(who.id(), "backup-key.kit", Map.of("repository", status.repository()));
    return pdf;
  }

  /** Splits the password into three shares, two of which open; a page each. Kept nowhere. */
  public byte[] shares(Principal who, String repository, EmergencyKit.Language language)
      throws IOException {
    List<Share> shares = keys.split(repository, who.id());
    try {
      KeyStatus status =
          keys.status(repository)
              .orElseThrow(() -> new KeysException("repository " + repository + " has no keys"));
      return kit.print(status, "", shares, language, clock.instant());
    } finally {
      shares.forEach(Share::close);
    }
  }

  /**
   * Makes a challenge for a holder of the escrow: CMS, opened by {@code openssl cms -decrypt}.
   *
   * @throws KeysException when the holder cannot open the envelope of this repository
   */
  public byte[] challenge(Principal who, KeyStatus status, String holder) throws IOException {
    X509Certificate certificate = keys.escrow().all().get(holder);
    boolean named =
        status.recipients().stream()
            .anyMatch(r -> r.role() == KeyStatus.Role.ESCROW && r.name().equals(holder));
    if (certificate == null || !named) {
      throw new KeysException(
          "the password of " + status.repository() + " is not sealed to '" + holder + "'");
    }
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    byte[] cms =
        new Envelopes(random)
            .seal((text + "\n").getBytes(StandardCharsets.US_ASCII), List.of(certificate));
    synchronized (open) {
      open.values().removeIf(c -> c.at().plus(ANSWERED_WITHIN).isBefore(clock.instant()));
      if (open.size() >= OPEN) {
        throw new KeysException("too many challenges wait for an answer; try again in a week");
      }
      open.put(
          digest(text), new Challenge(status.repository(), status.era(), holder, clock.instant()));
    }
    records.act(
        who.id(),
        "backup-key.challenge",
        Map.of("repository", status.repository(), "holder", holder));
    return cms;
  }

  /** Takes what the holder brought back; true when it proves the escrow key, which is recorded. */
  public boolean answer(Principal who, String repository, String brought) throws IOException {
    Challenge found;
    synchronized (open) {
      String digest = digest(brought.strip());
      Challenge waits = open.get(digest);
      found = waits != null && waits.repository().equals(repository) ? open.remove(digest) : null;
    }
    Instant now = clock.instant();
    if (found == null || found.at().plus(ANSWERED_WITHIN).isBefore(now)) {
      records.act(who.id(), "backup-key.challenge-failed", Map.of("repository", repository));
      return false;
    }
    records.act(
        who.id(),
        "backup-key.challenge-answered",
        Map.of("repository", repository, "holder", found.holder()));
    records.drill(new Drill(repository, found.era(), now, who.id(), Drill.Method.CERTIFICATE));
    return true;
  }

  private static String digest(String text) {
    MessageDigest digest = Digests.sha256();
    return Sample.hex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
