package tr.emanet;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tr.emanet.alert.Condition;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Severity;

/** Says in the words of alarms what is wrong with the proof of backups. */
final class ProofAlarms {

  private ProofAlarms() {}

  /**
   * A condition.
   *
   * @param kind last part of a text key
   * @param about which job or rung, so that each has an alarm of its own
   * @param name for people
   */
  static Condition condition(
      String kind, String about, String name, Severity severity, Instant since, String detail) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Facts.FEED, name);
    facts.put(Facts.CONDITION, BackupAlarms.ASSET);
    facts.put(Facts.REASON, "backup-" + kind);
    facts.put(Facts.SINCE, since.toString());
    facts.put(Facts.DETAIL, detail);
    return new Condition(Proofs.ASSET + ":" + kind + ":" + about, severity, since, 1, facts);
  }
}
