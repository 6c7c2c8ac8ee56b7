package tr.emanet.indicator.notice.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.web.Visible;

/** What the templates of the notices show; every text is already in the reader's language. */
public final class NoticeViews {

  /** One tab of the head. */
  public record Tab(String name, String count, String url, boolean current) {}

  /**
   * One notice of the list.
   *
   * @param weight id of the severity mark: high with open tasks, medium with something to decide,
   *     empty for neither
   * @param what what it means for us, in words
   */
  public record Row(
      String id,
      String url,
      String language,
      List<Visible.Piece> title,
      List<Visible.Piece> line,
      String weight,
      String what,
      String due,
      boolean overdue,
      String date,
      String dateIso,
      boolean unread,
      boolean current) {
    public Row {
      title = List.copyOf(title);
      line = List.copyOf(line);
    }
  }

  /** The list with its counters, at a revision of the desk. */
  public record Listing(
      List<Tab> tabs,
      List<Row> rows,
      String fact,
      String total,
      boolean cut,
      String url,
      long revision) {
    public Listing {
      tabs = List.copyOf(tabs);
      rows = List.copyOf(rows);
    }
  }

  /**
   * An installation that matched.
   *
   * @param badge css of the badge of the confidence
   * @param decided what a person said, empty while undecided
   */
  public record Match(
      long id,
      String name,
      String address,
      String url,
      String product,
      String confidence,
      String badge,
      String why,
      String decided,
      boolean open,
      boolean current,
      String task) {}

  /** A task of the notice. */
  public record Task(
      String number,
      String owner,
      String ownerName,
      String due,
      String dueIso,
      String stateName,
      boolean open,
      boolean closed,
      boolean overdue) {}

  /** A stretch of the text: plain, an escape, or a link. */
  public record Bit(String text, boolean escape, String href) {}

  /** Something that was done, by whom and when. */
  public record Told(String time, String iso, String who, String what, List<Visible.Piece> text) {
    public Told {
      text = List.copyOf(text);
    }
  }

  /** A CVE id with its search. */
  public record Cve(String id, String hunt) {}

  /**
   * The opened notice.
   *
   * @param number what the publisher calls it
   * @param paragraphs lines of the text, each as its stretches
   * @param people who may be given a task, by id
   */
  public record Panel(
      Row row,
      String number,
      String kindName,
      String stateName,
      boolean closed,
      boolean withdrawn,
      String sentence,
      String previous,
      String next,
      String close,
      List<Match> matches,
      long matchesCut,
      List<Task> tasks,
      List<Cve> cves,
      List<List<Bit>> paragraphs,
      boolean textCut,
      String source,
      List<Told> measures,
      List<Told> history,
      Map<String, String> people,
      String suggestedDue,
      String today,
      boolean acts,
      @Nullable String problem) {
    public Panel {
      matches = List.copyOf(matches);
      tasks = List.copyOf(tasks);
      cves = List.copyOf(cves);
      paragraphs = List.copyOf(paragraphs);
      measures = List.copyOf(measures);
      history = List.copyOf(history);
    }
  }

  private NoticeViews() {}
}
