package tr.emanet.backup.proof;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.key.KeyPlace;
import tr.emanet.backup.key.KeyStatus;
import tr.emanet.backup.key.PasswordChange;
import tr.emanet.backup.key.RepositoryKeys;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.LeftStore;
import tr.emanet.backup.plan.Repositories;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.seal.SealedKeys;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.store.Database;

/**
 * Acts of administrators that change who can open a repository. What only adds (another password, a
 * new era) one of them does; what takes away waits for another one, a day long, and for a proof
 * that the escrow opens what is left to it. Thread-safe; every act is audited.
 */
public final class KeyActs {

  private static final Logger LOG = LoggerFactory.getLogger(KeyActs.class);
  private static final Duration ASKED_FOR = Duration.ofHours(24);
  private static final Duration PROVEN_FOR = Duration.ofDays(365);
  private static final int MAX_WHY = 500;

  private final Parts parts;
  private final KeyActStore store;
  private final NewEra newEra;

  /** What it works with. */
  public record Parts(
      RepositoryKeys keys,
      Database database,
      AuditLog audit,
      BackupDesk desk,
      Repositories repositories,
      Sealer sealer,
      InstantSource clock) {}

  /** The seals of repositories; waits while the machine's key is made. */
  @FunctionalInterface
  public interface Sealer {
    BackupSeals seals() throws IOException;
  }

  /** What an act leads to. */
  public sealed interface Answer {

    /** It is done. */
    record Done() implements Answer {}

    /**
     * It cannot be.
     *
     * @param reason last part of a text key
     * @param detail English, may be empty
     */
    record Refused(String reason, String detail) implements Answer {

      Refused(String reason) {
        this(reason, "");
      }
    }
  }

  public KeyActs(Parts parts) {
    this.parts = parts;
    this.store = new KeyActStore(parts.database());
    this.newEra = new NewEra(parts, store);
  }

  /** What waits for a second person, the oldest first. */
  public List<KeyRequest> waiting() {
    return store.requests(parts.clock().instant().minus(ASKED_FOR));
  }

  /** The old repositories, the oldest first. */
  public List<Era> eras() {
    return store.eras();
  }

  /** The snapshots that stand at an address. */
  public LeftStore.Left left(String address) {
    return new LeftStore(parts.database()).at(address);
  }

  /** The certificates of the escrow, by name. */
  public Map<String, X509Certificate> escrow() throws IOException {
    return parts.keys().escrow().all();
  }

  /** Those of the escrow who get an extra copy, sealed with ML-KEM. */
  public Map<String, X509Certificate> extra() throws IOException {
    return parts.keys().escrow().extra();
  }

  /** The password before the last change, while it opens. */
  public Optional<PasswordChange.Former> former(String name) throws IOException {
    return parts.keys().change().former(name);
  }

  /** Whether a job writes to a repository. */
  public boolean inUse(String address) {
    return parts.desk().jobs().stream().anyMatch(j -> j.spec().repository().equals(address));
  }

  /** Gives a repository another password; the one before opens it still. */
  public Answer changePassword(Principal who, String name) {
    return on(
        who,
        name,
        status -> {
          String address = status.place();
          try (Repository repository = parts.repositories().existing(address)) {
            Place place = new Place(repository, "password changed by " + who.id());
            parts.keys().change().change(name, place, who.id());
          }
          // Opened with the new one; the envelope beside the repository is made anew by that.
          parts.repositories().existing(address).close();
          return new Answer.Done();
        });
  }

  /**
   * Begins a new era: the jobs of a repository go on in a new one with a master key of its own.
   *
   * @param address of the new one: nothing, or an empty directory
   */
  public Answer beginEra(Principal who, String name, String address) {
    return on(who, name, status -> newEra.begin(who, status.place(), address.strip()));
  }

  /** An act on the keys of a repository; the world may fail in it. */
  @FunctionalInterface
  private interface Act {
    Answer on(KeyStatus status) throws IOException;
  }

  private Answer on(Principal who, String name, Act act) {
    if (!who.has(Role.ADMINISTRATOR)) {
      return new Answer.Refused("role");
    }
    try {
      KeyStatus status =
          parts.keys().repositories().contains(name)
              ? parts.keys().status(name).orElse(null)
              : null;
      if (status == null) {
        return new Answer.Refused("unknown");
      }
      if (VerifyWork.busy(parts.desk(), status.place())) {
        return new Answer.Refused("busy");
      }
      return act.on(status);
    } catch (IOException e) {
      return new Answer.Refused("failed", String.valueOf(e.getMessage()));
    }
  }

  private final class Place implements KeyPlace {

    private final Repository repository;
    private final String approval;

    Place(Repository repository, String approval) {
      this.repository = repository;
      this.approval = approval;
    }

    private SealedKeys files() throws IOException {
      return new SealedKeys(parts.sealer().seals(), parts.clock());
    }

    @Override
    public String key() {
      return repository.key();
    }

    @Override
    public void add(byte[] password) throws IOException {
      String ignored = files().add(repository, password, approval);
    }

    @Override
    public void remove(String key) throws IOException {
      files().remove(repository, key, approval);
    }
  }

  /** Asks for something that takes away. */
  public Answer ask(Principal who, KeyRequest.Kind kind, String subject, String why) {
    String clean = why.strip();
    if (clean.isEmpty() || clean.length() > MAX_WHY) {
      return new Answer.Refused("why");
    }
    return judged(
        who,
        kind,
        subject,
        () -> {
          store.ask(new KeyRequest(kind, subject, who.id(), parts.clock().instant(), clean));
          audit(who, kind, "asked", subject, Map.of("why", clean));
          return new Answer.Done();
        });
  }

  /** Approves what another administrator asked for, and does it. */
  public Answer approve(Principal who, KeyRequest.Kind kind, String subject) {
    KeyRequest request = waiting(kind, subject).orElse(null);
    if (request == null) {
      return new Answer.Refused("nothing-asked");
    }
    if (request.by().equals(who.id())) {
      return new Answer.Refused("same-person");
    }
    return judged(
        who,
        kind,
        subject,
        () -> {
          Map<String, String> asked = Map.of("asked", request.by(), "why", request.why());
          audit(who, kind, "approved", subject, asked);
          switch (kind) {
            case PASSWORD -> removePassword(who, request);
            case ERA -> closeEra(who, subject);
            case ESCROW -> removeEscrow(who, subject);
          }
          store.answered(request);
          return new Answer.Done();
        });
  }

  /** Refuses it, or takes it back. */
  public Answer reject(Principal who, KeyRequest.Kind kind, String subject) {
    KeyRequest request = waiting(kind, subject).orElse(null);
    if (request == null) {
      return new Answer.Refused("nothing-asked");
    }
    if (!who.has(Role.ADMINISTRATOR)) {
      return new Answer.Refused("role");
    }
    store.answered(request);
    audit(who, kind, "rejected", subject, Map.of("asked", request.by()));
    return new Answer.Done();
  }

  private Optional<KeyRequest> waiting(KeyRequest.Kind kind, String subject) {
    return waiting().stream()
        .filter(r -> r.kind() == kind && r.subject().equals(subject))
        .findFirst();
  }

  /** What is done once nothing stands against it. */
  @FunctionalInterface
  private interface Then {
    Answer done() throws IOException;
  }

  private Answer judged(Principal who, KeyRequest.Kind kind, String subject, Then then) {
    if (!who.has(Role.ADMINISTRATOR)) {
      return new Answer.Refused("role");
    }
    try {
      String objection =
          switch (kind) {
            case PASSWORD -> againstPassword(subject);
            case ERA -> againstEra(subject);
            case ESCROW -> againstEscrow(subject);
          };
      return objection.isEmpty() ? then.done() : new Answer.Refused(objection);
    } catch (IOException e) {
      return new Answer.Refused("failed", String.valueOf(e.getMessage()));
    }
  }

  private String againstPassword(String name) throws IOException {
    if (!parts.keys().repositories().contains(name) || former(name).isEmpty()) {
      return "no-former";
    }
    if (!former(name).map(PasswordChange.Former::proven).orElse(false)) {
      return "not-proven";
    }
    String address = parts.keys().status(name).map(KeyStatus::place).orElse("");
    return VerifyWork.busy(parts.desk(), address) ? "busy" : "";
  }

  private String againstEra(String name) throws IOException {
    KeyStatus status =
        parts.keys().repositories().contains(name) ? parts.keys().status(name).orElse(null) : null;
    Era era = status == null ? null : store.era(status.place()).orElse(null);
    if (status == null || era == null || era.closedAt() != null || inUse(status.place())) {
      return "no-era";
    }
    if (left(era.address()).snapshots() == 0) {
      return ""; // nothing is there that the escrow would have to open
    }
    Instant oldest = parts.clock().instant().minus(PROVEN_FOR);
    return status.lastDrill().filter(d -> d.at().isAfter(oldest)).isPresent() ? "" : "not-proven";
  }

  /** This machine and one escrow at least must be left: two who can open. */
  private String againstEscrow(String holder) throws IOException {
    Map<String, X509Certificate> all = escrow();
    if (extra().containsKey(holder)) {
      return "";
    }
    if (!all.containsKey(holder)) {
      return "no-holder";
    }
    return all.size() < 2 ? "last-holder" : "";
  }

  private void removePassword(Principal who, KeyRequest request) throws IOException {
    String address = parts.keys().status(request.subject()).map(KeyStatus::place).orElse("");
    try (Repository repository = parts.repositories().existing(address)) {
      String approval = "asked by " + request.by() + ", approved by " + who.id();
      Place place = new Place(repository, "old password removed, " + approval);
      parts.keys().change().retire(request.subject(), place, who.id());
    }
  }

  private void closeEra(Principal who, String name) throws IOException {
    String address = parts.keys().status(name).map(KeyStatus::place).orElse("");
    // Before it, too: once this machine is out it cannot come back to a server that was away.
    parts.repositories().keepBeside(name, address);
    parts.keys().retire(name, who.id());
    parts.repositories().keepBeside(name, address);
    store.closed(address, who.id(), parts.clock().instant());
    long left = left(address).snapshots();
    parts
        .audit()
        .record(
            who,
            left == 0 ? "backup-key.era-retired" : "backup-key.era-closed",
            Map.of("repository", address, "snapshots", Long.toString(left)));
  }

  private void removeEscrow(Principal who, String holder) throws IOException {
    boolean ignored = parts.keys().escrow().remove(holder);
    wrapAll(who);
  }

  /** Seals all passwords that this machine can open to those who hold the escrow now. */
  public void wrapAll(Principal who) throws IOException {
    for (String name : parts.keys().repositories()) {
      KeyStatus status = parts.keys().status(name).orElse(null);
      if (status != null
          && status.recipients().stream().anyMatch(r -> r.role() == KeyStatus.Role.OPERATIONS)) {
        parts.keys().wrap(name, who.id());
        beside(name, status.place());
      }
    }
  }

  private void beside(String name, String address) {
    try {
      parts.repositories().keepBeside(name, address);
    } catch (IOException e) {
      // The next run that opens the repository brings it there.
      LOG.atWarn()
          .addKeyValue("repository", address)
          .addKeyValue("reason", e.getMessage())
          .log("The new envelope is not beside the repository yet");
    }
  }

  private void audit(
      Principal who, KeyRequest.Kind kind, String act, String subject, Map<String, String> more) {
    Map<String, String> details = new java.util.LinkedHashMap<>(more);
    details.put("subject", subject);
    parts.audit().record(who, "backup-key." + kind.id() + "-removal-" + act, details);
  }
}
