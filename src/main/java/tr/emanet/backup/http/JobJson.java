package tr.emanet.backup.http;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.BackupSpec;
import tr.emanet.backup.plan.Guard;
import tr.emanet.backup.plan.Keep;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.source.Source;

/** Jobs and runs as the API writes and reads them. */
public final class JobJson {

  private static final int RPO_HOURS = 26;

  private JobJson() {}

  /**
   * A PostgreSQL database, in short; a source of kind {@code postgresql} is the same.
   *
   * @param password kept in a file of mode 0600, never shown again
   */
  public record WantedDatabase(
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String name,
      @Nullable String user,
      @Nullable String password) {}

  /** How many snapshots are kept. */
  public record WantedKeep(
      @Nullable Integer daily,
      @Nullable Integer weekly,
      @Nullable Integer monthly,
      @Nullable Integer yearly) {}

  /**
   * A job as somebody wants it; the fields of {@link BackupSpec}.
   *
   * @param paths directories and files in short, before the other sources
   */
  public record Wanted(
      @Nullable String name,
      @Nullable String systems,
      @Nullable List<WantedSource> sources,
      @Nullable List<String> paths,
      @Nullable List<WantedDatabase> databases,
      @Nullable String repository,
      @Nullable String schedule,
      @Nullable String startAt,
      @Nullable WantedKeep keep,
      @Nullable Integer rpoHours,
      @Nullable String quiet,
      @Nullable String before,
      @Nullable String after) {

    BackupSpec spec() throws JobForm.WrongField {
      List<Source> taken = new ArrayList<>();
      for (WantedSource source : allSources()) {
        taken.add(source.source());
      }
      return new BackupSpec(
          text(name),
          text(systems),
          taken,
          text(repository),
          text(schedule),
          time(startAt),
          kept(),
          Objects.requireNonNullElse(rpoHours, RPO_HOURS),
          text(quiet),
          new BackupSpec.Hooks(text(before), text(after)));
    }

    private List<WantedSource> allSources() {
      List<WantedSource> all = new ArrayList<>();
      for (String path : paths == null ? List.<String>of() : paths) {
        all.add(new WantedSource("path", path, null, null, null, null, null, null, null));
      }
      for (WantedDatabase d : databases == null ? List.<WantedDatabase>of() : databases) {
        all.add(
            new WantedSource(
                "postgresql",
                null,
                d.host(),
                d.port(),
                d.name(),
                d.user(),
                null,
                null,
                d.password()));
      }
      all.addAll(sources == null ? List.of() : sources);
      return all;
    }

    private Keep kept() {
      return keep == null
          ? Keep.PROPOSED
          : new Keep(
              number(keep.daily()),
              number(keep.weekly()),
              number(keep.monthly()),
              number(keep.yearly()));
    }

    /** Passwords and keys of the sources, in the order of the plan's. */
    List<String> secrets() {
      return allSources().stream().map(s -> text(s.password())).toList();
    }

    private static int number(@Nullable Integer value) {
      return value == null ? 0 : value;
    }

    private static String text(@Nullable String value) {
      return value == null ? "" : value.strip();
    }

    private static @Nullable Instant time(@Nullable String value) {
      try {
        return value == null || value.isEmpty() ? null : Instant.parse(value);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("startAt is no instant", e);
      }
    }
  }

  static Map<String, @Nullable Object> of(BackupJob job, BackupDesk desk) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    BackupSpec spec = job.spec();
    out.put("id", job.id());
    out.put("name", spec.name());
    out.put("systems", spec.systems());
    out.put("sources", spec.sources());
    out.put("repository", spec.repository());
    out.put("schedule", spec.schedule());
    out.put("startAt", text(spec.startAt()));
    out.put("rpoHours", spec.rpoHours());
    out.put("quiet", spec.quiet());
    out.put("before", spec.hooks().before());
    out.put("after", spec.hooks().after());
    out.put("nextRun", text(job.nextRun()));
    out.put("paused", job.paused());
    out.put("frozenAt", text(job.frozenAt()));
    out.put("keep", spec.keep());
    out.put("keepApproved", job.keepApproved());
    BackupJob.AskedKeep asked = job.asked();
    out.put("keepAskedBy", asked == null ? null : asked.by());
    out.put("running", desk.current(job.id()).isPresent());
    out.put(
        "lastRun", desk.runs(job.id(), 1).stream().map(r -> of(r, desk)).findFirst().orElse(null));
    return out;
  }

  /** A run with what its commands did. */
  static Map<String, @Nullable Object> of(RunRecord run, BackupDesk desk) {
    Map<String, @Nullable Object> out = of(run);
    out.put("hooks", desk.hooks().of(run.id()));
    return out;
  }

  static Map<String, @Nullable Object> of(RunRecord run) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    RunRecord.Figures f = run.figures();
    out.put("id", run.id());
    out.put("cause", run.cause().id());
    out.put("owner", run.owner());
    out.put("state", run.state().id());
    out.put("startedAt", run.startedAt().toString());
    out.put("endedAt", text(run.endedAt()));
    out.put("repository", run.repository());
    out.put("snapshot", run.snapshot());
    out.put("seal", run.seal());
    out.put("files", f.files());
    out.put("bytes", f.bytes());
    out.put("read", f.read());
    out.put("new", f.fresh());
    out.put("stored", f.stored());
    out.put("unread", run.unread());
    out.put("findings", run.findings().stream().map(Guard.Finding::id).toList());
    out.put("problem", run.problem());
    out.put("expiredAt", text(run.expiredAt()));
    return out;
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
