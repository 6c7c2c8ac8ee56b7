package tr.emanet.backup.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the template of the page of second places shows; every text is ready. */
public final class PlaceViews {

  private PlaceViews() {}

  /** A place in the list. */
  public record Row(
      long id,
      String url,
      boolean current,
      boolean running,
      int percent,
      String name,
      String address,
      String kind,
      String jobs,
      String icon,
      String tone,
      String state,
      String when,
      String marks) {}

  /** A copy in the panel. */
  public record Copy(String icon, String tone, String state, String when, String says) {}

  /** An object of a copy that was found damaged. */
  public record Broken(boolean healed, String says, String object) {}

  /** The place that is open. */
  public record Panel(
      Row row,
      String says,
      String problem,
      List<BackupViews.Line> facts,
      List<Broken> damage,
      String publicKey,
      String note,
      List<Copy> copies) {}

  /** A job that may be copied to the place of the form. */
  public record Choice(long id, String name, boolean chosen) {}

  /** The form: what stands in the fields. */
  public record Form(
      String action,
      String title,
      Map<String, String> values,
      List<Choice> jobs,
      String problem,
      String offered) {

    /** What stands in a field. */
    public String at(String field) {
      return values.getOrDefault(field, "");
    }
  }

  /** The page. */
  public record Page(
      boolean acts,
      boolean administers,
      String problem,
      List<Row> rows,
      @Nullable Panel panel,
      @Nullable Form form) {}
}
