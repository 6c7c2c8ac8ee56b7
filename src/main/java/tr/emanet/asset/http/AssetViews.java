package tr.emanet.asset.http;

import java.util.List;

/** What the templates of the inventory show; every text is already in the reader's language. */
public final class AssetViews {

  /** How many assets of a kind there are; a link that shows only those, or all again. */
  public record Count(String text, String url, boolean current) {}

  /** One asset of the list. */
  public record Row(
      String key,
      String url,
      String name,
      String kind,
      String line,
      String products,
      String criticality,
      String criticalityName,
      boolean current) {}

  /** The list. */
  public record Listing(
      List<Count> counts, List<Row> rows, String fact, String total, String cut, String url) {
    public Listing {
      counts = List.copyOf(counts);
      rows = List.copyOf(rows);
    }
  }

  /** Something installed. */
  public record Product(String name, String vendor, String version) {}

  /**
   * The opened asset.
   *
   * @param alertsHidden whether the reader may not know whose alerts are whose
   */
  public record Panel(
      Row row,
      String sentence,
      String unit,
      String owner,
      String previous,
      String next,
      String close,
      String events,
      List<Product> products,
      List<AssetLinks.Link> alerts,
      boolean alertsHidden,
      List<AssetLinks.Link> notices) {
    public Panel {
      products = List.copyOf(products);
      alerts = List.copyOf(alerts);
      notices = List.copyOf(notices);
    }
  }

  /** Some assets of a kind of change. */
  public record Part(String title, long count, List<String> lines, String more) {
    public Part {
      lines = List.copyOf(lines);
    }
  }

  /**
   * What became of a file.
   *
   * @param code fetches the previewed file again; empty when nothing can be applied
   * @param mistakes empty when the file is fine
   */
  public record Upload(
      String title,
      String sentence,
      String ignored,
      String code,
      List<Part> parts,
      List<String> mistakes,
      boolean bad,
      boolean more) {
    public Upload {
      parts = List.copyOf(parts);
      mistakes = List.copyOf(mistakes);
    }
  }

  private AssetViews() {}
}
