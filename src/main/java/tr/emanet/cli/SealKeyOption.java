package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.seal.SealHead;
import tr.emanet.backup.seal.SealOutcome;
import tr.emanet.backup.seal.SealedRemoval;
import tr.emanet.crypto.sign.SealKey;

/** Names the state directory whose machine seal signs, for commands that need no service. */
final class SealKeyOption {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");

  @Option(
      names = "--seal-state",
      paramLabel = "DIR",
      description = "Seals with the machine seal of this state directory (keys/seal.p12)")
  private @Nullable Path state;

  /** What is done with the seals while the key is open. */
  interface Work<T> {
    T with(BackupSeals seals) throws IOException, CommandFailed;
  }

  boolean isNamed() {
    return state != null;
  }

  /** The state directory that seals; null when nothing is sealed. */
  @Nullable Path state() {
    return state;
  }

  /**
   * Opens the key, works, and lets the key go.
   *
   * @throws CommandFailed when no directory is named or it holds no seal: none is made here
   */
  <T> T work(Work<T> work) throws IOException, CommandFailed {
    Path named = state;
    if (named == null) {
      throw new CommandFailed(ExitCode.USAGE, "name the state directory: --seal-state DIR");
    }
    Path keys = named.resolve("keys");
    if (!Files.isRegularFile(keys.resolve("seal.p12"))) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "'" + keys + "' holds no machine seal; the service makes it at its start");
    }
    InstantSource clock = InstantSource.system();
    String machine = Origin.ofThisProcess().host();
    try (SealKey key = SealKey.openOrCreate(keys, machine, new SecureRandom(), clock)) {
      return work.with(new BackupSeals(key, clock, ZONE, null));
    }
  }

  /** A removal under the seal. */
  interface SealedWork {
    void with(SealedRemoval removal) throws IOException, CommandFailed;
  }

  /** The same without. */
  interface PlainWork {
    void run() throws IOException, CommandFailed;
  }

  /**
   * Removes under the seal when a state directory is named; else says, when there are seals, that
   * what was done is in none and what to do.
   */
  void removing(Repository repository, PrintStream out, SealedWork under, PlainWork plain)
      throws IOException, CommandFailed {
    Path named = state;
    if (named == null) {
      plain.run();
      warn(repository, out);
      return;
    }
    boolean done =
        work(
            seals -> {
              Path note = named.resolve("upkeep/cli-" + repository.id().substring(0, 16) + ".note");
              SealedRemoval removal = new SealedRemoval(seals, repository, note, "");
              under.with(removal);
              SealHead head = seals.head(repository);
              out.println("sealed; newest seal " + head.sequence() + ":" + head.digest());
              return true;
            });
    if (!done) {
      throw new IllegalStateException("the work did not end");
    }
  }

  /** Says that a change is in no seal, when the repository has any. */
  static void warn(Repository repository, PrintStream out) throws IOException {
    Path directory = repository.target().directory();
    boolean sealed =
        directory == null
            ? !repository.target().listBeside("seals").isEmpty()
            : Files.exists(directory.resolve("seals/00000001.json"));
    if (sealed) {
      String where = directory == null ? repository.target().describe() : directory.toString();
      out.println(
          "NOT SEALED: the check of the seals will name this change. Do it with --seal-state DIR,"
              + " or take it over: 'emanet repo seal now "
              + where
              + " --adopt APPROVAL --seal-state DIR', or on the page of the job");
    }
  }

  /** What to print of it; what is refused ends the command. */
  static String said(SealOutcome outcome) throws CommandFailed {
    return switch (outcome) {
      case SealOutcome.Sealed sealed ->
          "seal "
              + sealed.head().sequence()
              + ":"
              + sealed.head().digest()
              + " ("
              + sealed.kind().word()
              + ")"
              + (sealed.stamps().isEmpty() ? "" : "; NOT STAMPED: " + sealed.stamps());
      case SealOutcome.Nothing nothing -> "nothing to seal since " + nothing.head().sequence();
      case SealOutcome.Refused refused ->
          throw new CommandFailed(ExitCode.DAMAGED, "NOT SEALED: " + refused.reason());
    };
  }

  /** Every snapshot that is in no seal, for messages. */
  static String unsealed(BackupSeals seals, Repository repository) throws IOException {
    return String.join(" ", seals.unsealedSnapshots(repository));
  }
}
