package tr.emanet.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Job;
import tr.emanet.job.Jobs;
import tr.emanet.store.Database;

/** What people do with archives: look, verify, export, take away. Thread-safe. */
public final class ArchiveDesk {

  static final String EXPORT = "archive-export";
  static final String VERIFY = "archive-verify";

  /** Longest range of one export or verification, in days. */
  public static final int MAX_DAYS = 800;

  private static final int SHOWN = 100;

  /** What asking for work leads to. */
  public sealed interface Answer {
    /** It is queued. */
    record Queued(Job job) implements Answer {}

    /**
     * It cannot be.
     *
     * @param reason {@code order}, {@code long}, {@code busy} or {@code role}
     */
    record Refused(String reason) implements Answer {}
  }

  private final ArchiveWork work;
  private final Jobs jobs;
  private final ArchiveStore store;
  private final Calendar calendar;
  private final Database database;

  /**
   * Makes it; the jobs are registered here and started by whoever made them.
   *
   * @param holds why a day is held, empty when it is not
   */
  public ArchiveDesk(ArchiveWork.Parts parts, Jobs jobs, Function<LocalDate, String> holds) {
    this.database = parts.database();
    this.store = new ArchiveStore(database);
    this.work = new ArchiveWork(parts, store);
    this.jobs = jobs;
    this.calendar = new Calendar(parts.journal(), parts.seals(), holds);
    jobs.register(EXPORT, work::export);
    jobs.register(VERIFY, work::verify);
  }

  /** All days of a month. */
  public List<ArchiveDay> month(YearMonth month) {
    try {
      return calendar.month(month, store.verifications(SHOWN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The certificate of the authority that stamped last; empty when nothing was stamped. */
  public List<X509Certificate> authority() {
    try {
      return calendar.authority();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Queues an export of whole days.
   *
   * @param content id of an {@link ArchiveContent}; empty: the most that this person may have
   */
  public Answer export(Principal who, LocalDate first, LocalDate last, String content) {
    List<ArchiveContent> allowed = ArchiveContent.allowed(who);
    Optional<ArchiveContent> wanted =
        content.isEmpty() ? allowed.stream().findFirst() : ArchiveContent.of(content);
    if (wanted.isEmpty() || !allowed.contains(wanted.get())) {
      return new Answer.Refused("role");
    }
    return queue(who, EXPORT, wanted.get(), first, last);
  }

  /** Queues a verification of whole days of the journal. */
  public Answer verify(Principal who, LocalDate first, LocalDate last) {
    return queue(who, VERIFY, null, first, last);
  }

  private Answer queue(
      Principal who,
      String kind,
      @Nullable ArchiveContent content,
      LocalDate first,
      LocalDate last) {
    if (last.isBefore(first)) {
      return new Answer.Refused("order");
    }
    if (ChronoUnit.DAYS.between(first, last) >= MAX_DAYS) {
      return new Answer.Refused("long");
    }
    if (jobs.unfinished(kind).size() >= 3) {
      return new Answer.Refused("busy");
    }
    String days = first + " " + last;
    String input = content == null ? days : days + " " + content.id();
    Map<String, String> details = new LinkedHashMap<>();
    details.put("from", first.toString());
    details.put("to", last.toString());
    if (content != null) {
      details.put("content", content.id());
    }
    String action = content == null ? "archive.verify-asked" : "archive.export-asked";
    Job job =
        database.transaction(
            () -> {
              work.audit().record(who, action, details);
              return jobs.submit(kind, days, who.id(), input);
            });
    return new Answer.Queued(job);
  }

  /** One export or verification as a job. */
  public Optional<Job> job(long id) {
    return jobs.find(id).filter(j -> j.kind().equals(EXPORT) || j.kind().equals(VERIFY));
  }

  /** Exports and verifications that have not ended, and the newest that have. */
  public List<Job> jobs(boolean exports, int limit) {
    return jobs.newest(exports ? EXPORT : VERIFY, limit);
  }

  /** Whether a person may end a job: their own, and administrators anybody's. */
  public static boolean mayStop(Principal who, Job job) {
    return job.owner().equals(who.id()) || who.has(Role.ADMINISTRATOR);
  }

  /** Ends a job that has not ended and that this person may end. */
  public boolean stop(Principal who, long id) {
    boolean stopped = job(id).filter(job -> mayStop(who, job)).isPresent() && jobs.stop(id);
    if (stopped) {
      work.audit().record(who, "archive.stopped", Map.of("job", Long.toString(id)));
    }
    return stopped;
  }

  public List<Exported> exports() {
    return store.exports(SHOWN);
  }

  public Optional<Exported> export(long job) {
    return store.export(job);
  }

  public List<Verified> verifications() {
    return store.verifications(SHOWN);
  }

  public Optional<Verified> verification(long job) {
    return store.verification(job);
  }

  /** Whether a person may read what an archive holds. */
  public boolean mayTake(Principal who, Exported made) {
    Path directory = work.directory(made.name());
    boolean lines = Files.isDirectory(directory.resolve("journal"));
    boolean audit = Files.isDirectory(directory.resolve("audit"));
    return ArchiveContent.allowed(who).stream()
        .anyMatch(c -> (c.lines() || !lines) && (c.audit() || !audit));
  }

  /** The directory of an archive, to be handed to this person; that is audited. */
  public @Nullable Path take(Principal who, long job) {
    return store
        .export(job)
        .filter(made -> mayTake(who, made))
        .map(
            made -> {
              work.audit()
                  .record(
                      who,
                      "archive.taken",
                      Map.of(
                          "archive", made.name(),
                          "manifest", made.manifest(),
                          "bytes", Long.toString(made.bytes())));
              return work.directory(made.name());
            })
        .orElse(null);
  }

  /** Removes an archive from this machine; the journal it came from stays. */
  public boolean remove(Principal who, long job) throws IOException {
    Optional<Exported> made = store.export(job);
    if (made.isEmpty()) {
      return false;
    }
    ArchiveWriter.remove(work.directory(made.get().name()));
    database.transaction(
        () -> {
          work.audit().record(who, "archive.removed", Map.of("archive", made.get().name()));
          return store.remove(job);
        });
    return true;
  }

  /** The audit record against its own chain and the checkpoints. */
  public AuditProof.Result auditProof(Principal who) throws IOException {
    AuditProof.Result result = work.auditProof();
    work.audit().record(who, "audit.verified", Map.of("sound", Boolean.toString(result.sound())));
    return result;
  }
}
