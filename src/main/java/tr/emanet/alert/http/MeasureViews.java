package tr.emanet.alert.http;

import java.util.List;
import tr.emanet.web.Visible;

/** What the template shows of measures; every text is already in the reader's language. */
public final class MeasureViews {

  /**
   * The section.
   *
   * @param badge how many steps are done, of how many
   * @param tone ok when all are done, medium when some are open, empty when there is none
   */
  public record Box(String badge, String tone, List<Step> steps, List<Owner> owners) {
    public Box {
      steps = List.copyOf(steps);
      owners = List.copyOf(owners);
    }
  }

  /** Who may answer for a step: an id for the form, a name for people. */
  public record Owner(String id, String name) {}

  /**
   * One step.
   *
   * @param id of the measure, 0 for what the appliance itself knows
   * @param late whether it is open and past its time
   * @param time when it was done or is due, for people; empty when it has no time
   */
  public record Step(
      long id,
      boolean done,
      boolean late,
      List<Visible.Piece> text,
      List<Visible.Piece> detail,
      String time,
      String iso) {
    public Step {
      text = List.copyOf(text);
      detail = List.copyOf(detail);
    }
  }

  private MeasureViews() {}
}
