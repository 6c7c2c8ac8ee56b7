package tr.emanet.backup.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.BackupSpec;
import tr.emanet.backup.plan.Keep;
import tr.emanet.backup.source.Source;

/** The fields of the form of a job, to and from its plan. */
final class JobForm {

  private static final int MAX_FIELD = 20_000;
  private static final int MAX_FIELDS = 1000;

  private final ZoneId zone;
  private final RepositoryField repository;

  /** A field that cannot be read; {@code reason} is the last part of a text key. */
  static final class WrongField extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    WrongField(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  JobForm(ZoneId zone, RepositoryField repository) {
    this.zone = zone;
    this.repository = repository;
  }

  /** What stands in the fields of a new job. */
  static Map<String, String> proposed() {
    Map<String, String> values = new HashMap<>();
    values.put("when", "daily");
    values.put("time", "02:30");
    values.put("rpo", "26");
    keep(values, Keep.PROPOSED);
    return values;
  }

  private static void keep(Map<String, String> values, Keep keep) {
    values.put("daily", Integer.toString(keep.daily()));
    values.put("weekly", Integer.toString(keep.weekly()));
    values.put("monthly", Integer.toString(keep.monthly()));
    values.put("yearly", Integer.toString(keep.yearly()));
  }

  /** What a person typed, to be shown again; secrets are not. */
  static Map<String, String> typed(Map<String, List<String>> form) {
    Map<String, String> values = new HashMap<>();
    form.forEach(
        (name, all) -> {
          if (!name.endsWith("password")
              && !name.equals("csrf")
              && values.size() < MAX_FIELDS
              && !all.isEmpty()
              && all.getFirst().length() <= MAX_FIELD) {
            values.put(name, all.getFirst());
          }
        });
    return values;
  }

  /** What stands in the fields of a job that is changed. */
  Map<String, String> of(BackupJob job) {
    BackupSpec spec = job.spec();
    Map<String, String> values = new HashMap<>();
    values.put("name", spec.name());
    values.put("systems", spec.systems());
    SourceFields.put(values, spec.sources());
    repository.put(values, spec.repository());
    Period period = Period.of(spec.schedule());
    values.put("when", period.when());
    values.put("cron", spec.schedule());
    values.put("time", period.time().isEmpty() ? "02:30" : period.time());
    Instant start = spec.startAt();
    values.put("start", start == null ? "" : start.atZone(zone).toLocalDateTime().toString());
    values.put("rpo", Integer.toString(spec.rpoHours()));
    values.put("quiet", spec.quiet());
    values.put("before", spec.hooks().before());
    values.put("after", spec.hooks().after());
    keep(values, spec.keep());
    return values;
  }

  /** The plan in the fields. */
  BackupSpec read(Map<String, List<String>> form) throws WrongField {
    List<Source> sources = new ArrayList<>();
    for (WantedSource source : SourceFields.read(form)) {
      sources.add(source.source());
    }
    return new BackupSpec(
        text(form, "name"),
        text(form, "systems"),
        sources,
        repository.read(form),
        schedule(form),
        start(text(form, "start")),
        readKeep(form),
        number(form, "rpo", "rpo"),
        text(form, "quiet"),
        new BackupSpec.Hooks(text(form, "before"), text(form, "after")));
  }

  static String text(Map<String, List<String>> form, String name) throws WrongField {
    List<String> values = form.getOrDefault(name, List.of());
    if (values.isEmpty()) {
      return "";
    }
    String value = values.getFirst();
    if (value.length() > MAX_FIELD) {
      throw new WrongField("long");
    }
    return value.strip();
  }

  /** Passwords and keys of the sources, in the order of the plan's. */
  static List<String> secrets(Map<String, List<String>> form) throws WrongField {
    return SourceFields.read(form).stream().map(s -> WantedSource.text(s.password())).toList();
  }

  private static String schedule(Map<String, List<String>> form) throws WrongField {
    String[] time = (text(form, "time").isEmpty() ? "02:30" : text(form, "time")).split(":", -1);
    boolean plain =
        time.length >= 2 && time[0].matches("[0-9]{1,2}") && time[1].matches("[0-9]{2}");
    String when = text(form, "when");
    if (!plain && (when.equals("daily") || when.equals("weekly") || when.equals("hourly"))) {
      throw new WrongField("schedule");
    }
    return switch (when) {
      case "daily" -> Integer.parseInt(time[1]) + " " + Integer.parseInt(time[0]) + " * * *";
      case "weekly" -> Integer.parseInt(time[1]) + " " + Integer.parseInt(time[0]) + " * * 0";
      case "hourly" -> Integer.parseInt(time[1]) + " * * * *";
      case "cron" -> text(form, "cron");
      default -> "";
    };
  }

  private @Nullable Instant start(String text) throws WrongField {
    try {
      return text.isEmpty() ? null : LocalDateTime.parse(text).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new WrongField("start");
    }
  }

  private static Keep readKeep(Map<String, List<String>> form) throws WrongField {
    try {
      return new Keep(
          number(form, "daily", "keep"),
          number(form, "weekly", "keep"),
          number(form, "monthly", "keep"),
          number(form, "yearly", "keep"));
    } catch (IllegalArgumentException e) {
      throw new WrongField("keep");
    }
  }

  static int number(Map<String, List<String>> form, String name, String reason) throws WrongField {
    String text = text(form, name);
    if (!text.matches("[0-9]{1,6}")) {
      throw new WrongField(reason);
    }
    return Integer.parseInt(text);
  }
}
