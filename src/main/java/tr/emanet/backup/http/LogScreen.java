package tr.emanet.backup.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.RunLogStore;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.recover.RestoreDesk;
import tr.emanet.backup.recover.RestoreOrder;
import tr.emanet.web.Shell;

/** Says in sentences what the log of a run or a restore holds. One request. */
public final class LogScreen {

  private final Shell shell;

  /**
   * The page.
   *
   * @param moves whether more will come
   * @param unread a line for each of the first things that could not be read
   * @param unreadTitle how many there were
   */
  public record Page(
      String title,
      String back,
      String text,
      boolean moves,
      List<Line> lines,
      List<String> unread,
      String unreadTitle) {}

  /** One line. */
  public record Line(String iso, String at, String says, String icon, String tone) {}

  /** Whose log it is. */
  record Subject(
      String name,
      String key,
      String number,
      String job,
      String back,
      boolean moves,
      Missed missed) {}

  /** What a run could not read: how much, and the list as it was sealed. */
  record Missed(long all, String list) {

    private static final Missed NOTHING = new Missed(0, "");

    List<String> lines() {
      return list.isEmpty() ? List.of() : list.lines().toList();
    }
  }

  LogScreen(Shell shell) {
    this.shell = shell;
  }

  private String t(String key, @Nullable Object... arguments) {
    return shell.t("backup.log." + key, arguments);
  }

  static Optional<Subject> run(BackupDesk desk, long id) {
    return desk.run(id)
        .map(
            run ->
                new Subject(
                    RunLogStore.run(id),
                    "run",
                    Long.toString(id),
                    desk.job(run.plan()).map(job -> job.spec().name()).orElse(""),
                    "/backups?job=" + run.plan(),
                    run.state() == RunRecord.State.RUNNING,
                    new Missed(run.unread(), run.unreadList())));
  }

  static Optional<Subject> restore(RestoreDesk desk, long id) {
    return desk.find(id)
        .map(
            (RestoreOrder order) ->
                new Subject(
                    RunLogStore.restore(id),
                    "restore",
                    Long.toString(id),
                    order.plan().job(),
                    RestoreScreen.HOME + "/" + id,
                    order.state().underWay(),
                    Missed.NOTHING));
  }

  Page page(Subject of, List<RunLogStore.Line> lines) {
    return new Page(
        title(of),
        of.back(),
        "/backups/logs/" + of.key() + "/" + of.number() + "/text",
        of.moves(),
        lines.stream().map(this::line).toList(),
        of.missed().lines(),
        listed(of.missed()));
  }

  private String listed(Missed missed) {
    return t(
        "listed",
        shell.formats().number(missed.all()),
        shell.formats().number(missed.lines().size()));
  }

  private String title(Subject of) {
    return t("title." + of.key(), of.number(), of.job());
  }

  /** The same as plain text, a line each. */
  String text(Subject of, List<RunLogStore.Line> lines) {
    StringBuilder out = new StringBuilder(title(of)).append('\n');
    for (RunLogStore.Line line : lines) {
      out.append(line.at()).append("  ").append(says(line)).append('\n');
    }
    if (of.missed().all() > 0) {
      out.append('\n').append(listed(of.missed())).append('\n');
      out.append(of.missed().list()).append('\n');
    }
    return out.toString();
  }

  private Line line(RunLogStore.Line line) {
    return new Line(
        line.at().toString(),
        shell.formats().dateTime(line.at()),
        says(line),
        icon(line),
        tone(line));
  }

  private static String said(RunLogStore.Line line, int at) {
    return at < line.said().size() ? line.said().get(at) : "";
  }

  private String says(RunLogStore.Line line) {
    String first = said(line, 0);
    return switch (line.what()) {
      case BEGUN -> first.equals("-") ? t("begun.schedule") : t("begun", first);
      case AGAIN -> t("again");
      case WAITS -> t("waits", first, said(line, 1), moment(said(line, 2)));
      case LOCKED -> t("locked");
      case HOOK -> t("hook", first, said(line, 1));
      case SOURCES -> t("sources", first, said(line, 1));
      case SNAPSHOT ->
          t(
              "snapshot",
              first,
              number(said(line, 1)),
              bytes(said(line, 2)),
              bytes(said(line, 3)),
              bytes(said(line, 4)));
      case UNREAD -> t("unread", number(first), said(line, 1));
      case FINDINGS -> t("findings", findings(first));
      case SEALED -> t("sealed", first);
      case EXPIRED -> t("expired", number(first));
      case NOT_EXPIRED -> t("not-expired", first);
      case VOID -> shell.t("restore.refused." + first);
      case PROBLEM -> t("problem", first, said(line, 1));
      case RESTORED -> t("restored", number(first), bytes(said(line, 1)), number(said(line, 2)));
      case PAUSED -> t("paused");
      case ENDED -> t("ended", t("state." + first));
      case FAILED -> t("failed", first);
    };
  }

  private String findings(String words) {
    return String.join(
        ", ",
        List.of(words.split(" ", -1)).stream().map(w -> shell.t("backup.finding." + w)).toList());
  }

  private String number(String text) {
    return text.isEmpty() ? "" : shell.formats().number(Long.parseLong(text));
  }

  private String bytes(String text) {
    return text.isEmpty() ? "" : shell.formats().bytes(Long.parseLong(text));
  }

  private String moment(String text) {
    try {
      return shell.formats().dateTime(Instant.parse(text));
    } catch (DateTimeException e) {
      return text;
    }
  }

  private static String icon(RunLogStore.Line line) {
    return switch (tone(line)) {
      case "ok" -> "health-ok";
      case "attention" -> "health-attention";
      case "broken" -> "health-broken";
      default -> "health-unknown";
    };
  }

  private static String tone(RunLogStore.Line line) {
    return switch (line.what()) {
      case SNAPSHOT, SEALED, RESTORED -> "ok";
      case WAITS, UNREAD, FINDINGS, NOT_EXPIRED, VOID, PAUSED -> "attention";
      case PROBLEM, FAILED -> "broken";
      case HOOK -> said(line, 1).equals("0") ? "ok" : "broken";
      case BEGUN, AGAIN, LOCKED, SOURCES, EXPIRED -> "unknown";
      case ENDED ->
          said(line, 0).equals("complete") || said(line, 0).equals("done") ? "ok" : "attention";
    };
  }
}
