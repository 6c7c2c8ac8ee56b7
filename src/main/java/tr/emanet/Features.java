package tr.emanet;

import java.util.List;

/** The features of the service that bring tables or texts. */
final class Features {

  /** Whose tables the store has, in the order in which they are made. */
  static final List<String> TABLES =
      List.of(
          "audit",
          "access",
          "intake",
          "search",
          "job",
          "asset",
          "indicator",
          "alert",
          "overview",
          "journal/seal",
          "keep",
          "archive",
          "signature",
          "backup/key",
          "backup/plan",
          "backup/proof",
          "backup/recover",
          "backup/place");

  /** Whose texts the pages use. */
  static final List<String> TEXTS =
      List.of(
          "web",
          "access",
          "search",
          "search/http",
          "intake",
          "overview",
          "indicator",
          "indicator/http",
          "indicator/notice",
          "asset",
          "alert",
          "keep",
          "archive",
          "traffic",
          "signature",
          "backup",
          "backup/key",
          "backup/recover",
          "backup/proof");

  private Features() {}
}
