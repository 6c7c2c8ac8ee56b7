package tr.emanet.backup.http;

import java.util.List;

/** What the template of the page of keys shows; every text is ready. */
public final class KeyViews {

  private KeyViews() {}

  /**
   * Who can open a repository.
   *
   * @param holder name of the escrow; empty when it is none
   */
  public record Recipient(
      String icon,
      String tone,
      String role,
      String name,
      String until,
      String print,
      String holder) {}

  /**
   * The keys of a repository.
   *
   * @param former since when another password opens it, too; empty: none does
   * @param proven whether the escrow was proven since, so that the former can go
   * @param asked whether that waits for a second person
   * @param era what became of it when it is of an old era; empty: jobs use it
   * @param emptied whether that has no snapshot any more
   * @param ours whether this machine opens it
   * @param closing whether its end here waits for a second person
   * @param next where a new era may begin
   */
  public record Repository(
      String name,
      String place,
      String made,
      List<Recipient> recipients,
      String shares,
      String icon,
      String tone,
      String drill,
      String former,
      boolean proven,
      boolean asked,
      String era,
      boolean emptied,
      boolean ours,
      boolean closing,
      String next,
      List<String> closed) {}

  /** Who holds the escrow. */
  public record Holder(String name, String until, String print, boolean removable) {}

  /** What waits for a second person. */
  public record Waiting(
      String kind, String subject, String says, String why, boolean own, boolean administers) {}

  /** The page. */
  public record Page(
      String problem,
      String done,
      boolean administers,
      boolean operates,
      String root,
      List<Waiting> waiting,
      List<Holder> holders,
      List<Repository> repositories) {}
}
