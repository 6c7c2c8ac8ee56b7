package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tr.emanet.backup.key.Drill;
import tr.emanet.backup.key.DrillResult;
import tr.emanet.backup.key.EnvelopesBeside;
import tr.emanet.backup.key.KeyStatus;
import tr.emanet.backup.key.Readiness;
import tr.emanet.backup.key.RepositoryKeys;
import tr.emanet.backup.key.Share;
import tr.emanet.backup.plan.RemoteDoors;
import tr.emanet.crypto.Secret;

/**
 * {@code emanet backup keys ...}: passwords of repositories and their escrow; needs no service.
 * Exit codes are in {@code src/docs/backup-keys.md}.
 */
@Command(name = "keys", description = "Passwords of repositories: escrow, shares, drills.")
final class BackupKeysCommand implements Runnable {

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  static CommandLine all(PrintStream out) {
    return new CommandLine(new BackupKeysCommand())
        .addSubcommand(new Init(out))
        .addSubcommand(new Status(out))
        .addSubcommand(new Wrap(out))
        .addSubcommand(new KeysPasswordCommand(out))
        .addSubcommand(new Rotate(out))
        .addSubcommand(new KeysOpenCommand(out))
        .addSubcommand(new DrillNow(out))
        .addSubcommand(new KeysKitCommand(out))
        .addSubcommand(new Split(out))
        .addSubcommand(new KeysOpenCommand.Combine(out));
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "name one of init, status, wrap, password, rotate, open, drill, kit, split, combine");
  }

  /** What those on one repository take. */
  abstract static class OnKeys implements Callable<Integer> {

    @Mixin protected KeysOptions options = new KeysOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "The repository's name")
    protected String name = "";

    protected final PrintStream out;

    OnKeys(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws IOException, CommandFailed {
      try {
        return run(options.keys());
      } catch (IllegalArgumentException e) {
        throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()));
      }
    }

    abstract int run(RepositoryKeys keys) throws IOException, CommandFailed;

    /** Says whether jobs may run; 1 when not. */
    int ready(RepositoryKeys keys) {
      return switch (keys.readiness(name)) {
        case Readiness.Ready(int era) -> {
          out.println("ready: era " + era);
          yield ExitCode.OK;
        }
        case Readiness.NoKeys(String remedy) -> not("no keys", remedy);
        case Readiness.EscrowMissing(String remedy) -> not("no escrow", remedy);
        case Readiness.OperationsKeyMissing(String remedy) -> not("no operations key", remedy);
        case Readiness.Damaged(String what) -> not("damaged", what);
      };
    }

    private int not(String what, String remedy) {
      out.println("NOT READY, no job may run: " + what + "; " + remedy);
      return ExitCode.FAILED;
    }
  }

  /** Makes keys and repository. */
  @Command(
      name = "init",
      description =
          "Makes password, envelope and the empty repository; exit code 1 while there is no"
              + " escrow.")
  static final class Init extends OnKeys {

    @Option(
        names = "--repo",
        paramLabel = "REPO",
        required = true,
        description = "Directory or address of the repository, new or empty")
    private String address = "";

    @Option(
        names = "--escrow",
        paramLabel = "HOLDER=FILE",
        description = "Certificate of an escrow holder, PEM or DER; may be repeated")
    private Map<String, Path> escrow = new LinkedHashMap<>();

    Init(PrintStream out) {
      super(out);
    }

    @Override
    int run(RepositoryKeys keys) throws IOException, CommandFailed {
      KeysOptions.addEscrow(keys, escrow);
      String place = KeysOptions.address(address);
      // Keys without their repository are what an interrupted init or rotate leaves.
      if (keys.status(name).filter(s -> s.place().equals(place)).isEmpty()) {
        keys.create(name, place, options.person());
      }
      out.println("made repository " + options.make(keys, name, place) + " in " + place);
      return ready(keys);
    }
  }

  /** Who can open. */
  @Command(
      name = "status",
      description = "Shows who can open a repository; exit code 1 when no job may run on it.")
  static final class Status extends OnKeys {

    Status(PrintStream out) {
      super(out);
    }

    @Override
    int run(RepositoryKeys keys) throws IOException {
      Optional<KeyStatus> found = keys.status(name);
      if (found.isPresent()) {
        KeyStatus status = found.get();
        out.println("era " + status.era() + " since " + status.made() + " in " + status.place());
        for (KeyStatus.Recipient one : status.recipients()) {
          out.println(
              one.role()
                  + "\t"
                  + one.name()
                  + "\t"
                  + (one.until() == null ? "-" : one.until())
                  + "\t"
                  + one.fingerprint());
        }
        keys.escrow()
            .extra()
            .keySet()
            .forEach(holder -> out.println("EXTRA COPY, ML-KEM\t" + holder));
        out.println("shares: " + (status.shares().isEmpty() ? "none" : "set " + status.shares()));
        out.println(
            "last drill: "
                + status
                    .lastDrill()
                    .map(d -> d.at() + " by " + d.person() + ", " + d.method())
                    .orElse("never"));
        keys.change()
            .former(name)
            .ifPresent(
                old ->
                    out.println(
                        "the password before still opens, changed "
                            + old.since()
                            + (old.proven()
                                ? ", escrow proven since"
                                : ", escrow NOT proven since")));
        for (KeyStatus.Closed era : status.closed()) {
          out.println(
              "closed era "
                  + era.era()
                  + " until "
                  + era.to()
                  + " in "
                  + era.place()
                  + (era.operations() ? ", STILL OPENED BY THIS MACHINE" : ", escrow only"));
        }
      }
      return ready(keys);
    }
  }

  /** Seals anew. */
  @Command(
      name = "wrap",
      description = "Seals the password anew to the certificates that are there now.")
  static final class Wrap extends OnKeys {

    @Option(
        names = "--escrow",
        paramLabel = "HOLDER=FILE",
        description = "Adds a certificate; may be repeated")
    private Map<String, Path> escrow = new LinkedHashMap<>();

    @Option(names = "--remove", paramLabel = "HOLDER", description = "Removes a certificate")
    private List<String> removed = List.of();

    Wrap(PrintStream out) {
      super(out);
    }

    @Override
    int run(RepositoryKeys keys) throws IOException, CommandFailed {
      KeysOptions.addEscrow(keys, escrow);
      for (String holder : removed) {
        if (!keys.escrow().remove(holder)) {
          throw new CommandFailed(ExitCode.USAGE, "no escrow certificate '" + holder + "'");
        }
      }
      keys.wrap(name, options.person());
      String place = keys.status(name).map(KeyStatus::place).orElse("");
      if (!options.keepBeside(keys, name, place)) {
        out.println("note: the envelope on the server is the one before; name --access FILE");
      }
      return ready(keys);
    }
  }

  /** A new era. */
  @Command(
      name = "rotate",
      description = "Begins a new era: a new password and a new repository; the old one is closed.")
  static final class Rotate extends OnKeys {

    @Option(
        names = "--repo",
        paramLabel = "REPO",
        required = true,
        description = "Directory or address of the new repository, new or empty")
    private String address = "";

    Rotate(PrintStream out) {
      super(out);
    }

    @Override
    int run(RepositoryKeys keys) throws IOException, CommandFailed {
      String place = KeysOptions.address(address);
      KeyStatus before = keys.status(name).orElse(null);
      keys.rotate(name, place, options.person());
      out.println("made repository " + options.make(keys, name, place) + " in " + place);
      if (before != null) {
        closed(keys, before);
      }
      return ready(keys);
    }

    /** Whoever has the old repository and this machine must not find its old envelope there. */
    private void closed(RepositoryKeys keys, KeyStatus before) throws IOException {
      if (RemoteDoors.isRemote(before.place())) {
        out.println(
            "note: the envelope on the server of the old era still opens with this machine's key;"
                + " replace escrow/password.p7m there with that of era "
                + before.era());
      } else if (Files.isDirectory(Path.of(before.place(), "escrow"))) {
        new EnvelopesBeside(keys).keep(name, before.era(), Path.of(before.place()));
      }
    }
  }

  /** Proves the escrow. */
  @Command(
      name = "drill",
      description = "Tries what the escrow brought on the repository and records it.")
  static final class DrillNow extends OnKeys {

    @Option(names = "--password-file", paramLabel = "FILE", description = "The opened password")
    private @Nullable Path password;

    @Option(names = "--share", paramLabel = "FILE", description = "A share as typed; two of them")
    private List<Path> shares = List.of();

    DrillNow(PrintStream out) {
      super(out);
    }

    @Override
    int run(RepositoryKeys keys) throws IOException, CommandFailed {
      if ((password == null) == shares.isEmpty()) {
        throw new CommandFailed(ExitCode.USAGE, "name --password-file, or --share twice");
      }
      String place = keys.status(name).map(KeyStatus::place).orElse("");
      Drill.Method method = password == null ? Drill.Method.SHARES : Drill.Method.CERTIFICATE;
      try (Secret brought =
          password == null ? KeysOptions.joined(shares) : KeysOptions.secret(password)) {
        return switch (keys.drill(
            name, brought, p -> options.opens(place, p), options.person(), method)) {
          case DrillResult.Proven(Drill drill) -> {
            out.println("proven: the escrow opens era " + drill.era() + " of " + name);
            yield ExitCode.OK;
          }
          case DrillResult.Failed(String why) -> {
            out.println("FAILED: " + why);
            yield ExitCode.FAILED;
          }
        };
      }
    }
  }

  /** Shares. */
  @Command(
      name = "split",
      description = "Splits the password into three shares, of which two bring it back.")
  static final class Split extends OnKeys {

    @Option(
        names = "--out",
        paramLabel = "DIR",
        required = true,
        description = "Where share-1.txt to share-3.txt go, mode 0600; print and destroy them")
    private Path directory = Path.of("");

    Split(PrintStream out) {
      super(out);
    }

    @Override
    int run(RepositoryKeys keys) throws IOException, CommandFailed {
      for (Share share : keys.split(name, options.person())) {
        byte[] text = share.print();
        Path file = directory.resolve("share-" + share.number() + ".txt");
        KeysOptions.writeNew(file, text);
        java.util.Arrays.fill(text, (byte) 0);
        share.close();
        out.println("share " + share.number() + " of set " + share.set() + ": " + file);
      }
      return ready(keys);
    }
  }
}
