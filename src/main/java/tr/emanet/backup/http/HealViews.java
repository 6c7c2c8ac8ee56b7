package tr.emanet.backup.http;

import java.util.List;

/** What the template of the page of healings shows; every text is ready. */
public final class HealViews {

  private HealViews() {}

  /** A job or a place to choose. */
  public record Choice(long id, String name, boolean chosen) {}

  /** One healing in the list. */
  public record Heal(
      long id,
      String icon,
      String tone,
      String state,
      String when,
      String what,
      boolean running,
      int percent,
      String current,
      String healed,
      List<String> healedNames,
      String left,
      List<String> leftNames,
      String problem) {}

  /**
   * The page.
   *
   * @param job the job that is open; 0 before one is chosen
   * @param troubles what is wrong with its repository, English, a line each
   */
  public record Page(
      boolean acts,
      String problem,
      long job,
      String name,
      List<Choice> jobs,
      List<Choice> places,
      boolean running,
      List<String> troubles,
      List<Heal> heals) {}
}
