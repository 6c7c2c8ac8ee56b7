package tr.emanet.indicator.usom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.Codes;
import tr.emanet.indicator.FeedEntry;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.value.IndicatorKind;

/** Turns answered rows into entries; a row of another shape makes the whole answer unusable. */
final class AddressRows {

  private AddressRows() {}

  static List<FeedEntry> of(List<Map<String, String>> rows) throws FeedException {
    List<FeedEntry> out = new ArrayList<>(rows.size());
    Map<String, String> seen = new HashMap<>(rows.size() * 2);
    for (int i = 0; i < rows.size(); i++) {
      Map<String, String> row = rows.get(i);
      String id = row.getOrDefault("id", "");
      String url = row.get("url");
      String type = row.get("type");
      if (!id.matches("[0-9]{1,18}") || url == null || type == null) {
        throw new FeedException(
            FeedFailure.SHAPE, "row " + (i + 1) + " has no id, url or type of the right form");
      }
      String before = seen.putIfAbsent(id, url);
      if (before != null) {
        if (!before.equals(url)) {
          throw new FeedException(
              FeedFailure.DUPLICATE_IDS, "two values in one answer have the id " + id);
        }
        continue;
      }
      out.add(entry(id, url, type, row));
    }
    return out;
  }

  private static FeedEntry entry(String id, String url, String type, Map<String, String> row) {
    return new FeedEntry(
        id,
        markdownFree(url),
        kind(type),
        new Codes(
            type,
            row.getOrDefault("desc", ""),
            row.getOrDefault("source", ""),
            row.getOrDefault("connectiontype", ""),
            criticality(row.getOrDefault("criticality_level", ""))),
        UsomDates.read(row.getOrDefault("date", "")),
        null);
  }

  private static int criticality(String text) {
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }

  /** The kind is a hint only: {@code type} and value disagree at times. */
  private static @Nullable IndicatorKind kind(String type) {
    return switch (type) {
      case "domain" -> IndicatorKind.DOMAIN;
      case "url" -> IndicatorKind.URL;
      case "ip", "ip6" -> IndicatorKind.ADDRESS;
      case "ip6net" -> IndicatorKind.NETWORK;
      default -> null;
    };
  }

  /** Some values come as {@code [x](https://y)}. */
  private static String markdownFree(String url) {
    int middle = url.indexOf("](");
    return url.startsWith("[") && url.endsWith(")") && middle > 0 ? url.substring(1, middle) : url;
  }
}
