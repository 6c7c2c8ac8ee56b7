package tr.emanet.search.http;

import tr.emanet.event.Principal;

/** Keeps who exported what; the root hands in one that writes to the audit chain. */
@FunctionalInterface
public interface ExportRecord {

  /**
   * Called before the first byte leaves; when it throws, nothing leaves.
   *
   * @param description format, range and query, at most some thousand characters
   */
  void exporting(Principal who, String description);
}
