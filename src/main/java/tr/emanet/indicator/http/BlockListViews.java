package tr.emanet.indicator.http;

import java.util.List;
import tr.emanet.web.Visible;

/** What the page of block lists shows; every text is already in the reader's language. */
public final class BlockListViews {

  /**
   * One list.
   *
   * @param tone ok, or medium when something found no place or is outside the grammar
   * @param says one sentence about its state
   */
  public record Tile(
      String name,
      String kind,
      String tone,
      String says,
      List<Line> lines,
      List<Form> forms,
      boolean secret) {
    public Tile {
      lines = List.copyOf(lines);
      forms = List.copyOf(forms);
    }
  }

  /** A label and a value. */
  public record Line(String label, String value) {}

  /** A form of a list with its address. */
  public record Form(String file, String url, String brand) {}

  /** Equal pulls of one day. */
  public record Pulled(
      String file,
      List<Visible.Piece> who,
      List<Visible.Piece> agent,
      String address,
      String answer,
      String version,
      String count,
      String last,
      String lastIso) {
    public Pulled {
      who = List.copyOf(who);
      agent = List.copyOf(agent);
    }
  }

  private BlockListViews() {}
}
