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

  /** The keys of a repository. */
  public record Repository(
      String name,
      String place,
      String era,
      List<Recipient> recipients,
      String shares,
      String icon,
      String tone,
      String drill,
      List<String> closed) {}

  /** The page. */
  public record Page(
      String problem,
      String done,
      boolean administers,
      String root,
      List<Repository> repositories) {}
}
