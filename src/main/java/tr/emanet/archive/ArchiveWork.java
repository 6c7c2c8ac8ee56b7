package tr.emanet.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.audit.AuditLog;
import tr.emanet.job.Job;
import tr.emanet.job.JobRun;
import tr.emanet.job.Progress;
import tr.emanet.store.Database;

/** What the jobs do: write an archive and verify it, or verify the journal as it lies there. */
public final class ArchiveWork {

  private static final Logger LOG = LoggerFactory.getLogger(ArchiveWork.class);

  /**
   * What surrounds it.
   *
   * @param state directory that holds {@code journal/}, {@code seals/} and {@code archives/}
   */
  public record Parts(
      Path state,
      ZoneId zone,
      ArchiveSeal seal,
      Database database,
      AuditLog audit,
      InstantSource clock) {

    Path journal() {
      return state.resolve("journal");
    }

    Path seals() {
      return state.resolve("seals");
    }
  }

  private record Days(LocalDate first, LocalDate last, ArchiveContent content) {
    static Days of(Job job) {
      String[] parts = job.input().split(" ", -1);
      // One that was asked for by an earlier build holds everything, as it was promised then.
      ArchiveContent content =
          parts.length < 3
              ? ArchiveContent.WHOLE
              : ArchiveContent.of(parts[2]).orElse(ArchiveContent.WHOLE);
      return new Days(LocalDate.parse(parts[0]), LocalDate.parse(parts[1]), content);
    }
  }

  private final Parts parts;
  private final ArchiveStore store;
  private @Nullable Verifier verifier;

  ArchiveWork(Parts parts, ArchiveStore store) {
    this.parts = parts;
    this.store = store;
  }

  AuditLog audit() {
    return parts.audit();
  }

  Path directory(String name) {
    return parts.state().resolve("archives").resolve(name);
  }

  AuditProof.Result auditProof() throws IOException {
    return AuditProof.of(parts.audit(), parts.seals());
  }

  private synchronized Verifier verifier() throws IOException {
    Verifier known = verifier;
    if (known == null) {
      known = Verifier.compile();
      verifier = known;
    }
    return known;
  }

  private static Verifier.Progress progress(JobRun run) {
    return (done, total, file) -> {
      if (run.stopped()) {
        throw new Stopped();
      }
      run.progress(new Progress(done, total, file));
    };
  }

  /** Ends the verifier from within: it reads for minutes and knows of no jobs. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Writes an archive, verifies it as an expert would, and takes note. */
  void export(JobRun run) throws IOException, InterruptedException {
    Days days = Days.of(run.job());
    String name = run.job().id() + "-" + days.first() + "-" + days.last();
    Path target = directory(name);
    // A process that ended between renaming and taking note left it whole; it is made anew.
    ArchiveWriter.remove(target);
    ArchiveWriter.Written written;
    try {
      written =
          new ArchiveWriter(
                  new ArchiveWriter.Sources(
                      parts.journal(),
                      parts.seals(),
                      parts.zone(),
                      parts.seal(),
                      parts.audit(),
                      parts.clock()),
                  new ArchiveWriter.Wanted(days.first(), days.last(), days.content()),
                  progress(run),
                  run::stopped)
              .write(target);
    } catch (ArchiveWriter.StoppedException | Stopped e) {
      LOG.atInfo().addKeyValue("archive", name).log("The export stops");
      if (run.stoppedByPerson()) {
        // The next process goes on with what was copied, but nobody with what a person stopped.
        ArchiveWriter.remove(target.resolveSibling(name + ".part"));
      }
      return;
    } catch (IOException e) {
      ArchiveWriter.remove(target.resolveSibling(name + ".part"));
      throw e;
    }
    Verifier.Outcome outcome;
    try {
      outcome = new ArchiveCheck(verifier()).check(target, List.of(), progress(run));
    } catch (Stopped e) {
      // Not in the list of archives, and so in nobody's hands.
      ArchiveWriter.remove(target);
      return;
    }
    Exported made =
        new Exported(
            run.job().id(),
            name,
            days.first(),
            days.last(),
            run.job().owner(),
            parts.clock().instant(),
            written.files(),
            size(target),
            written.manifest(),
            outcome.wrong().size(),
            ArchiveStore.report(outcome.lines()));
    parts
        .database()
        .transaction(
            () -> {
              parts
                  .audit()
                  .record(
                      run.job().owner(),
                      "archive.exported",
                      Map.of(
                          "archive", name,
                          "content", days.content().id(),
                          "manifest", written.manifest(),
                          "files", Long.toString(made.files()),
                          "bytes", Long.toString(made.bytes()),
                          "findings", Long.toString(made.findings())));
              store.add(made);
              return made;
            });
  }

  private static long size(Path directory) throws IOException {
    long bytes = 0;
    for (Path file : Calendar.files(directory)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  /** Verifies days of the journal, with the record of what people did. */
  void verify(JobRun run) throws IOException, InterruptedException {
    Days days = Days.of(run.job());
    parts.seal().now();
    if (run.stopped()) {
      return;
    }
    List<String> arguments =
        List.of(
            parts.state().toString(),
            "--state",
            "--from",
            days.first().toString(),
            "--to",
            days.last().toString());
    Verifier.Outcome outcome;
    try {
      outcome = verifier().run(arguments, progress(run));
    } catch (Stopped e) {
      LOG.atInfo().addKeyValue("days", run.job().input()).log("The verification stops");
      return;
    }
    Verified made =
        new Verified(
            run.job().id(),
            days.first(),
            days.last(),
            run.job().owner(),
            parts.clock().instant(),
            outcome.code(),
            outcome.wrong().size(),
            outcome.notes().size(),
            ArchiveStore.report(outcome.lines()));
    parts
        .database()
        .transaction(
            () -> {
              parts
                  .audit()
                  .record(
                      run.job().owner(),
                      "archive.verified",
                      Map.of(
                          "from", days.first().toString(),
                          "to", days.last().toString(),
                          "findings", Long.toString(made.findings())));
              store.add(made);
              return made;
            });
  }
}
