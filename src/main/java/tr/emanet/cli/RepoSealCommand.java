package tr.emanet.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tr.emanet.backup.plan.RemoteDoors;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.SealFinding;
import tr.emanet.backup.seal.SealHead;
import tr.emanet.backup.seal.SealOutcome;
import tr.emanet.backup.seal.SealReport;
import tr.emanet.backup.seal.SealTrust;
import tr.emanet.backup.seal.SealVerification;
import tr.emanet.backup.target.Targets;

/** {@code emanet repo seal ...}: the signed chain beside a repository, without a service. */
@Command(name = "seal", description = "Shows, checks and makes the seals beside a repository.")
final class RepoSealCommand implements Runnable {

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name status, verify or now");
  }

  /** The command with what it can do. */
  static CommandLine line(PrintStream out) {
    return new CommandLine(new RepoSealCommand())
        .addSubcommand("status", new Verify(out, false))
        .addSubcommand("verify", new Verify(out, true))
        .addSubcommand(new Now(out));
  }

  /** Checks; {@code status} looks at names and sizes, {@code verify} reads every byte. */
  @Command(
      description = "Compares what is stored with the seals; needs no password.",
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {"0:everything is as it was sealed", "4:something is not; it is named"})
  static final class Verify implements Callable<Integer> {

    @Parameters(
        index = "0",
        paramLabel = "REPO",
        description = "A directory, or an address on a server with --access and --seal-state")
    private String address = "";

    @Option(
        names = "--access",
        paramLabel = "FILE",
        description = "How to identify at a server: hostKey, privateKey, user, secretFile, ...")
    private @Nullable Path access;

    @Option(
        names = "--seal-state",
        paramLabel = "DIR",
        description = "The state directory with the seals of a repository on a server")
    private @Nullable Path state;

    @Option(
        names = "--trust",
        paramLabel = "FILE.pem",
        description = "Certificates of the machine or of authorities, got in another way")
    private List<Path> trust = List.of();

    @Option(
        names = "--expect",
        paramLabel = "NUMBER:SHA256",
        description = "A newest seal that was kept elsewhere")
    private @Nullable String expect;

    private final PrintStream out;
    private final boolean readAll;

    Verify(PrintStream out, boolean readAll) {
      this.out = out;
      this.readAll = readAll;
    }

    @Override
    public Integer call() throws IOException, CommandFailed {
      try (Targets.OpenTarget place = place()) {
        Path beside = place.target().beside();
        if (beside == null) {
          throw new CommandFailed(
              ExitCode.USAGE, "name the state directory that has its seals: --seal-state DIR");
        }
        return said(
            SealVerification.verify(
                place.target(),
                "",
                trusted(beside),
                readAll,
                expected(),
                InstantSource.system().instant()));
      }
    }

    private Targets.OpenTarget place() throws IOException, CommandFailed {
      Targets.OpenTarget place = RepositoryOptions.target(address, access);
      Path named = state;
      if (named == null || !RemoteDoors.isRemote(address)) {
        return place;
      }
      try {
        return RemoteSide.with(place, named, address);
      } catch (IOException | CommandFailed e) {
        place.close();
        throw e;
      }
    }

    private int said(SealReport report) {
      for (SealFinding finding : report.findings()) {
        out.println(
            (finding.isNote() ? "note: " : "WRONG: ") + finding.object() + ": " + finding.text());
      }
      out.println(
          "newest seal "
              + report.head().sequence()
              + ":"
              + report.head().digest()
              + ", "
              + report.objects()
              + " files, "
              + report.bytesRead()
              + " bytes read");
      out.println(report.sound() ? "everything is as it was sealed" : "NOT as it was sealed");
      return report.sound() ? ExitCode.OK : ExitCode.DAMAGED;
    }

    private @Nullable SealHead expected() throws CommandFailed {
      String text = expect;
      if (text == null) {
        return null;
      }
      if (!text.matches("[1-9][0-9]{0,11}:[0-9a-f]{64}")) {
        throw new CommandFailed(ExitCode.USAGE, "--expect takes a number, a colon and 64 digits");
      }
      int colon = text.indexOf(':');
      return new SealHead(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
    }

    private SealTrust trusted(Path place) throws IOException, CommandFailed {
      if (!trust.isEmpty()) {
        List<X509Certificate> all = new ArrayList<>();
        for (Path file : trust) {
          all.addAll(certificates(file));
        }
        return new SealTrust(all, all);
      }
      out.println("note: the keys are those that the repository names; --trust names your own");
      Path beside = place.resolve("seals/certificates");
      return new SealTrust(
          certificates(beside.resolve("seal.pem")), certificates(beside.resolve("tsa.pem")));
    }

    private static List<X509Certificate> certificates(Path file) throws IOException, CommandFailed {
      if (!Files.isRegularFile(file)) {
        return List.of();
      }
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
            .map(X509Certificate.class::cast)
            .toList();
      } catch (CertificateException e) {
        throw new CommandFailed(ExitCode.DAMAGED, "'" + file + "' holds no certificates");
      }
    }
  }

  /** Seals what a cut run or another tool has left. */
  @Command(
      name = "now",
      description =
          "Seals a snapshot that was cut before its seal, or what another tool has changed.")
  static final class Now implements Callable<Integer> {

    @Mixin private RepositoryOptions options = new RepositoryOptions();

    @Mixin private SealKeyOption key = new SealKeyOption();

    @Parameters(
        index = "0",
        paramLabel = "REPO",
        description = "A directory, sftp://USER@HOST//PATH, s3:https://... or rest:https://...")
    private String address = "";

    @Option(
        names = "--recover",
        paramLabel = "SNAPSHOT",
        description = "64 digits of our own snapshot whose run was cut before its seal")
    private @Nullable String recover;

    @Option(
        names = "--adopt",
        paramLabel = "APPROVAL",
        description = "Takes over all changes, after reading every byte; who has approved it")
    private @Nullable String adopt;

    private final PrintStream out;

    Now(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws IOException, CommandFailed {
      String snapshot = recover;
      String approval = adopt;
      try (Targets.OpenTarget place = options.target(address, key);
          Repository repository = options.open(place)) {
        return key.work(
            seals -> {
              SealOutcome outcome;
              if (snapshot != null) {
                outcome = seals.recover(repository, snapshot);
              } else if (approval != null) {
                outcome = seals.adopt(repository, approval);
              } else {
                throw new CommandFailed(
                    ExitCode.USAGE,
                    "name --recover SNAPSHOT or --adopt APPROVAL; without a seal are: "
                        + SealKeyOption.unsealed(seals, repository));
              }
              out.println(SealKeyOption.said(outcome));
              return ExitCode.OK;
            });
      }
    }
  }
}
