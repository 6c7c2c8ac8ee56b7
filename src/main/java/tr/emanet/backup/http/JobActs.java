package tr.emanet.backup.http;

import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.event.Principal;

/** The acts on a job by their names in paths. */
record JobActs(BackupDesk desk) {

  BackupDesk.Answer act(Principal who, long id, String act) {
    return switch (act) {
      case "run" -> desk.runNow(who, id);
      case "stop" -> desk.stop(who, id);
      case "pause" -> desk.pause(who, id, true);
      case "resume" -> desk.pause(who, id, false);
      case "thaw" -> desk.thaw(who, id);
      case "approve" -> desk.approve(who, id);
      case "reject" -> desk.reject(who, id);
      case "remove" -> desk.remove(who, id);
      default -> throw new IllegalArgumentException("act " + act);
    };
  }
}
