package tr.emanet.backup.recover;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import tr.emanet.backup.plan.KeptSnapshot;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.SealFinding;
import tr.emanet.backup.seal.SealTrust;
import tr.emanet.backup.seal.SealVerification;

/**
 * What the seals say about one snapshot: signatures, the chain, and whether every stored file that
 * they name is there with the length it had. Content is not read here; a restore checks each blob.
 */
public final class SealLook {

  private static final Duration FRESH = Duration.ofMinutes(5);

  private final Certificates certificates;
  private final InstantSource clock;

  /** The certificates whose signatures count; waits while the first is made. */
  @FunctionalInterface
  public interface Certificates {
    List<X509Certificate> all() throws IOException;
  }

  /** How the seal stands. */
  public enum State {
    /** Signatures and chain hold. */
    SOUND,
    /** No seal names it. */
    UNSEALED,
    /** A seal is wrong, or something that is sealed is missing. */
    BROKEN;

    /** The name in API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was found.
   *
   * @param name of the seal; empty without one
   * @param why the first thing that is wrong, English; else empty
   */
  public record Seen(State state, String name, String why, Instant at) {}

  public SealLook(Certificates certificates, InstantSource clock) {
    this.certificates = certificates;
    this.clock = clock;
  }

  /** Whether what was seen need not be looked at again yet. */
  boolean fresh(Seen seen) {
    return clock.instant().isBefore(seen.at().plus(FRESH));
  }

  /** Checks the seals of the repository. */
  Seen look(Repository repository, KeptSnapshot kept) throws IOException {
    Instant now = clock.instant();
    String snapshot = kept.run().snapshot();
    var report =
        SealVerification.verify(
            repository.target(),
            repository.id(),
            new SealTrust(certificates.all(), List.of()),
            false,
            null,
            now);
    long promised = promised(kept);
    if (report.head().sequence() < promised) {
      return new Seen(
          State.BROKEN, kept.run().seal(), "seals/" + kept.run().seal() + ".json is gone", now);
    }
    if (report.head().sequence() == 0) {
      return new Seen(State.UNSEALED, "", "", now);
    }
    boolean unsealed = false;
    for (SealFinding found : report.findings()) {
      switch (found) {
        case SealFinding.UnsealedSnapshot one -> unsealed |= one.object().contains(snapshot);
        // Another run may be writing just now: of its own snapshot only it says something.
        case SealFinding.Foreign other -> unsealed |= other.object().contains(snapshot);
        case SealFinding.Unstamped ignored -> {
          // Only worth knowing.
        }
        case SealFinding.Missing missing -> {
          return broken(kept, missing, now);
        }
        case SealFinding.MissingSnapshot missing -> {
          return broken(kept, missing, now);
        }
        case SealFinding.Altered altered -> {
          return broken(kept, altered, now);
        }
        case SealFinding.Broken broken -> {
          return broken(kept, broken, now);
        }
        case SealFinding.RolledBack rolled -> {
          return broken(kept, rolled, now);
        }
      }
    }
    if (unsealed && promised > 0) {
      return new Seen(
          State.BROKEN, kept.run().seal(), "no seal names snapshots/" + snapshot + " now", now);
    }
    return unsealed
        ? new Seen(State.UNSEALED, "", "", now)
        : new Seen(State.SOUND, kept.run().seal(), "", now);
  }

  /** The number of the seal that the run got, as our own records say; 0 when it got none. */
  private static long promised(KeptSnapshot kept) {
    String seal = kept.run().seal();
    return seal.matches("[0-9]{1,18}") ? Long.parseLong(seal) : 0;
  }

  private static Seen broken(KeptSnapshot kept, SealFinding found, Instant now) {
    return new Seen(State.BROKEN, kept.run().seal(), found.object() + " " + found.text(), now);
  }
}
