package tr.emanet.traffic.http;

import java.util.List;
import tr.emanet.web.Visible;

/** What the templates of the look-up show. */
public final class AnswerViews {

  private AnswerViews() {}

  /** The form as it was filled in. */
  public record Form(String endpoint, String at, String reason, String problem) {}

  /** A stored line. */
  public record Proof(String time, String iso, String position, List<Visible.Piece> line) {}

  /**
   * One finding.
   *
   * @param kind label, such as "Inside address"
   * @param tone css class of the badge
   */
  public record Finding(
      String kind,
      List<Visible.Piece> value,
      List<Visible.Piece> more,
      String span,
      String tone,
      String confidence,
      List<String> reasons,
      List<Proof> proofs) {}

  /** One possible way to persons; findings of each level in their order. */
  public record Way(String title, List<Finding> findings, List<String> gaps) {}

  /** The whole answer. */
  public record Shown(
      String id,
      String endpoint,
      String at,
      String atIso,
      List<Visible.Piece> reason,
      List<Visible.Piece> asked,
      String askedAt,
      String tolerance,
      String says,
      boolean ambiguous,
      List<String> notes,
      List<Way> ways) {}
}
