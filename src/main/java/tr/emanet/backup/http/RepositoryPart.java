package tr.emanet.backup.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.LeftStore;
import tr.emanet.backup.plan.RepositoryDesk;
import tr.emanet.backup.plan.RepositoryState;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Formats;
import tr.emanet.web.Shell;

/**
 * What the panel of a job says of its repository; every text is ready.
 *
 * @param job its number
 * @param facts when it was looked at, its newest seal, its space
 * @param troubles what is wrong, the worst first
 * @param findings objects that do not fit the seals, some of them
 * @param lock the message of a lock that nobody seems to hold; else empty
 * @param asked who wants to take the changes over; else empty
 * @param mayAsk whether this person may ask for it
 * @param mayApprove whether this person may approve it
 * @param acts whether this person may look and unlock
 */
public record RepositoryPart(
    long job,
    List<BackupViews.Line> facts,
    List<String> troubles,
    List<String> findings,
    String lock,
    String asked,
    boolean mayAsk,
    boolean mayApprove,
    boolean acts) {

  private static final int FINDINGS = 20;

  /** Makes it for the job that is open; null when none is. */
  static @Nullable RepositoryPart of(
      RepositoryDesk desk, BackupViews.@Nullable Panel panel, Shell shell) {
    if (panel == null) {
      return null;
    }
    long job = panel.row().id();
    RepositoryState state = desk.state(job).orElse(null);
    String lock = desk.staleLock(job);
    if (state == null) {
      return new RepositoryPart(
          job, List.of(), List.of(), List.of(), lock, "", false, false, panel.acts());
    }
    Principal person = shell.person().map(p -> p.person()).orElse(null);
    RepositoryState.Adoption asked = state.adoption();
    boolean changed = !state.findings().isEmpty() || state.rolledBackAt() != null;
    return new RepositoryPart(
        job,
        facts(state, desk, job, shell),
        troubles(state, shell),
        state.findings().stream().limit(FINDINGS).map(f -> f.object() + ": " + f.text()).toList(),
        lock,
        asked == null
            ? ""
            : t(
                shell,
                "adopt.asked",
                asked.by(),
                shell.formats().shortMoment(asked.at()),
                asked.why()),
        changed && asked == null && panel.acts(),
        asked != null
            && person != null
            && person.has(Role.ADMINISTRATOR)
            && !person.id().equals(asked.by()),
        panel.acts());
  }

  private static String t(Shell shell, String key, @Nullable Object... arguments) {
    return shell.t("backup.repository." + key, arguments);
  }

  private static List<BackupViews.Line> facts(
      RepositoryState state, RepositoryDesk desk, long job, Shell shell) {
    boolean looking = desk.isLooking(job);
    LeftStore.Left left = desk.left(job);
    Instant oldest = left.oldest();
    Formats formats = shell.formats();
    List<BackupViews.Line> lines = new ArrayList<>();
    Instant looked = state.lookedAt();
    String fits =
        looked == null
            ? t(shell, "looked.never")
            : formats.shortMoment(looked)
                + ", "
                + (state.findings().isEmpty() && state.rolledBackAt() == null
                    ? t(shell, "fits")
                    : t(shell, "fits.not", formats.number(state.findings().size())));
    lines.add(line(shell, "looked", looking ? t(shell, "looking") : fits));
    if (state.head().sequence() > 0) {
      lines.add(line(shell, "head", Long.toString(state.head().sequence())));
    }
    Instant sweep = state.sweepAfter();
    Instant swept = state.sweptAt();
    if (sweep != null) {
      lines.add(line(shell, "space", t(shell, "space.after", formats.shortMoment(sweep))));
    } else if (swept != null) {
      lines.add(
          line(
              shell,
              "space",
              t(
                  shell,
                  "space.freed",
                  formats.shortMoment(swept),
                  formats.bytes(state.freedBytes()))));
    }
    if (oldest != null) {
      String says = t(shell, "left.of", formats.number(left.snapshots()), formats.date(oldest));
      lines.add(line(shell, "left", says));
    }
    if (!state.unstamped().isEmpty()) {
      lines.add(
          line(
              shell,
              "unstamped",
              t(shell, "unstamped.days", formats.number(state.unstamped().lines().count()))));
    }
    return lines;
  }

  private static BackupViews.Line line(Shell shell, String label, String value) {
    return new BackupViews.Line(t(shell, label), value, false);
  }

  static List<String> troubles(RepositoryState state, Shell shell) {
    List<String> out = new ArrayList<>();
    Instant back = state.rolledBackAt();
    if (back != null) {
      out.add(
          t(
              shell,
              "rolled-back",
              Long.toString(state.head().sequence()),
              shell.formats().shortMoment(back)));
    }
    for (RepositoryState.Kind kind :
        List.of(RepositoryState.Kind.DAMAGED, RepositoryState.Kind.FOREIGN)) {
      long count = state.findings().stream().filter(f -> f.kind() == kind).count();
      if (count > 0) {
        out.add(t(shell, kind.id(), shell.formats().number(count)));
      }
    }
    if (!state.problem().isEmpty()) {
      out.add(t(shell, "failed", state.problem()));
    }
    return out;
  }
}
