package tr.emanet.backup.seal;

import java.util.List;

/**
 * A snapshot that was removed on purpose.
 *
 * @param snapshot its id, 64 hex digits
 * @param reason why: the retention rule, or a person's words
 * @param approvers who has approved it, or the rule under which it needs nobody
 */
public record Removal(String snapshot, String reason, List<String> approvers) {

  public Removal {
    approvers = List.copyOf(approvers);
  }
}
