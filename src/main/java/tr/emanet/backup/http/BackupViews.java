package tr.emanet.backup.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the templates of the backup page show; every text is ready. */
public final class BackupViews {

  private BackupViews() {}

  /** One digit of 3-2-1-1-0. */
  public record Rung(String number, boolean reached, String title) {}

  /**
   * A job in the list.
   *
   * @param percent of the run, -1 when nobody can say
   */
  public record Row(
      long id,
      String url,
      boolean current,
      String name,
      String sources,
      boolean running,
      int percent,
      String icon,
      String tone,
      String state,
      String when,
      String size,
      List<Rung> rungs,
      String lacks,
      String proof,
      String next,
      boolean trouble) {}

  /** A label and its value. */
  public record Line(String label, String value, boolean mono) {}

  /** A run in the panel. */
  public record Run(
      String log,
      String iso,
      String when,
      String who,
      String icon,
      String tone,
      String state,
      String says,
      String snapshot,
      List<String> unread,
      List<HookLine> hooks) {}

  /** What a command around a run did, and what it wrote. */
  public record HookLine(String says, String said) {}

  /** The job that is open. */
  public record Panel(
      Row row,
      String close,
      String cause,
      List<Line> facts,
      List<String> warnings,
      String frozen,
      String asked,
      boolean mayApprove,
      boolean paused,
      boolean acts,
      boolean administers,
      String note,
      List<Run> runs) {}

  /** The form of a new job, or of one that is changed: what stands in the fields. */
  public record Form(
      String action,
      String title,
      Map<String, String> values,
      String problem,
      List<String> hooks,
      List<Choice> targets) {

    /** What stands in a field. */
    public String at(String field) {
      return values.getOrDefault(field, "");
    }

    /** The sources that have fields of their own. */
    public List<SourceRow> sources() {
      return SourceFields.shown(values);
    }
  }

  /** A target to choose for the repository of a job. */
  public record Choice(String value, String says) {}

  /** The kinds of sources that have fields of their own, in the order of the choice. */
  public static final List<String> KINDS =
      List.of("postgresql", "mariadb", "sqlite", "sftp", "device");

  /** A source in the form. */
  public record SourceRow(String number, String kind, Map<String, String> values) {

    /** The name of one of its fields. */
    public String field(String name) {
      return "s" + number + "." + name;
    }

    public String at(String name) {
      return values.getOrDefault(name, "");
    }

    /** Whether its kind has such a field. */
    public boolean has(String name) {
      return switch (kind) {
        case "postgresql", "mariadb" -> List.of("host", "name", "user").contains(name);
        case "sqlite" -> name.equals("path");
        case "sftp" -> List.of("host", "user", "path", "hostKey").contains(name);
        default -> List.of("host", "user", "device", "hostKey").contains(name);
      };
    }
  }

  /** The head of the page. */
  public record Head(
      int jobs,
      String rule,
      boolean troubleOnly,
      String troubleUrl,
      boolean acts,
      boolean escrowed,
      boolean administers,
      String problem) {}

  /** The page. */
  public record Page(Head head, List<Row> rows, @Nullable Panel panel, @Nullable Form form) {}
}
