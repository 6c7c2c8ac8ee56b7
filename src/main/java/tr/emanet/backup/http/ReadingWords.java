package tr.emanet.backup.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.place.CopyTending;
import tr.emanet.backup.place.Damage;
import tr.emanet.backup.place.Place;
import tr.emanet.backup.place.Reading;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.web.Formats;
import tr.emanet.web.Shell;

/** What the panel of a target says of the reading back of its copies. One request. */
final class ReadingWords {

  private static final int DAMAGE = 50;

  private final CopyTending tending;
  private final Shell shell;
  private final Formats formats;

  ReadingWords(CopyTending tending, Shell shell) {
    this.tending = tending;
    this.shell = shell;
    this.formats = shell.formats();
  }

  private String t(String key, @Nullable Object... arguments) {
    return shell.t("backup.read." + key, arguments);
  }

  /** A line for each job that was copied and read. */
  List<BackupViews.Line> facts(Place place, Map<Long, BackupJob> jobs) {
    List<BackupViews.Line> lines = new ArrayList<>();
    for (long id : place.spec().jobs()) {
      BackupJob job = jobs.get(id);
      Reading reading = job == null ? null : tending.reading(place, job).orElse(null);
      if (job != null) {
        tending
            .keysBehind(place, job)
            .ifPresent(
                keys -> {
                  String says = t("keys.behind", formats.shortMoment(keys.since()), keys.problem());
                  lines.add(
                      new BackupViews.Line(t("keys"), job.spec().name() + ": " + says, false));
                });
      }
      if (job != null && reading != null) {
        lines.add(
            new BackupViews.Line(t("field"), job.spec().name() + ": " + says(reading), false));
      }
    }
    return lines;
  }

  /** Whether something at a place is damaged now. */
  boolean isDamaged(Place place) {
    return tending.isDamaged(place);
  }

  private String says(Reading reading) {
    Instant whole = reading.wholeAt();
    Instant read = reading.readAt();
    String all = whole == null ? t("never") : t("whole", formats.shortMoment(whole));
    if (!reading.problem().isEmpty()) {
      return all + "; " + t("problem", reading.problem());
    }
    return read == null
        ? all
        : all
            + "; "
            + t(
                "sample",
                formats.shortMoment(read),
                formats.bytes(reading.bytes()),
                formats.bytes(reading.total()));
  }

  /** What was found damaged, the newest first; healed or not. */
  List<PlaceViews.Broken> damage(Place place, Map<Long, BackupJob> jobs) {
    return tending.damage(place.id(), DAMAGE).stream().map(one -> broken(one, jobs)).toList();
  }

  private PlaceViews.Broken broken(Damage one, Map<Long, BackupJob> jobs) {
    Instant healed = one.healedAt();
    BackupJob job = jobs.get(one.plan());
    return new PlaceViews.Broken(
        healed != null,
        (job == null ? one.repository() : job.spec().name())
            + ": "
            + (healed == null
                ? t("found", formats.shortMoment(one.foundAt()))
                : t("healed", formats.shortMoment(one.foundAt()), formats.shortMoment(healed))),
        one.label() + ": " + one.trouble());
  }
}
