package tr.emanet.traffic.day;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Principal;
import tr.emanet.job.Job;
import tr.emanet.job.JobRun;
import tr.emanet.job.Jobs;

/** Writes the lists of days as jobs, one after the other. Safe for many threads. */
public final class DayExports {

  /** The kind of the jobs. */
  public static final String KIND = "traffic-day";

  /** The action in the audit chain. */
  public static final String ACTION = "traffic.export-day";

  /** What became of a wish. */
  public sealed interface Start {

    record Started(long job) implements Start {}

    /**
     * Not started.
     *
     * @param problem last part of the text key {@code traffic.day.refused.<problem>}
     */
    record Refused(String problem) implements Start {}
  }

  private final Jobs jobs;
  private final DayWriter writer;
  private final AuditLog audit;
  private final ZoneId zone;
  private final InstantSource clock;

  /** Registers the work; before the jobs start. */
  public DayExports(Jobs jobs, DayWriter writer, AuditLog audit, ZoneId zone, InstantSource clock) {
    this.jobs = jobs;
    this.writer = writer;
    this.audit = audit;
    this.zone = zone;
    this.clock = clock;
  }

  /** What a job does. */
  public void run(JobRun run) throws IOException, InterruptedException {
    writer.write(LocalDate.parse(run.job().input()), run);
  }

  /** Queues a day that has ended. */
  public Start start(String day, Principal who) {
    LocalDate wanted;
    try {
      wanted = LocalDate.parse(day);
    } catch (DateTimeException e) {
      // Told in words.
      return new Start.Refused("day");
    }
    if (!wanted.isBefore(LocalDate.ofInstant(clock.instant(), zone))) {
      return new Start.Refused("running");
    }
    audit.record(who, ACTION, Map.of("day", wanted.toString()));
    return new Start.Started(
        jobs.submit(KIND, wanted.toString(), who.id(), wanted.toString()).id());
  }

  /** A job for programs; empty when there is none. */
  public Optional<Map<String, @Nullable Object>> document(long id) {
    return jobs.find(id).filter(job -> job.kind().equals(KIND)).map(this::document);
  }

  private Map<String, @Nullable Object> document(Job job) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", job.id());
    out.put("day", job.input());
    out.put("state", job.state().id());
    out.put("percent", job.state().ended() ? 100 : job.progress().percent());
    out.put("note", job.progress().note());
    out.put("ended", job.state().ended());
    out.put("problem", job.problem().isEmpty() ? null : job.problem());
    Path folder = writer.folder(LocalDate.parse(job.input()));
    out.put("folder", folder.toString());
    out.put("stamped", writer.isStamped(LocalDate.parse(job.input())));
    return out;
  }
}
