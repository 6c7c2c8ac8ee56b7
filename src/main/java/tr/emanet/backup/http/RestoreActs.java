package tr.emanet.backup.http;

import java.util.Locale;
import tr.emanet.backup.recover.RestoreAnswer;
import tr.emanet.backup.recover.RestoreDesk;
import tr.emanet.backup.recover.RestoreOrder;
import tr.emanet.event.Principal;

/** The acts on a restore by their names in paths and forms. */
record RestoreActs(RestoreDesk desk) {

  /** What a person may do to one that was asked for or that runs. */
  RestoreAnswer act(Principal who, long id, String act) {
    return switch (act) {
      case "pause" -> desk.pause(who, id);
      case "resume" -> desk.resume(who, id);
      case "stop" -> desk.stop(who, id);
      default -> throw new IllegalArgumentException("act " + act);
    };
  }

  RestoreAnswer aim(
      Principal who, long id, boolean original, String target, String overwrite, boolean special) {
    RestoreOrder.Overwrite how;
    try {
      how =
          overwrite.isEmpty()
              ? RestoreOrder.Overwrite.NEVER
              : RestoreOrder.Overwrite.ofId(overwrite.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return new RestoreAnswer.Refused("overwrite");
    }
    return desk.aim(who, id, new RestoreDesk.Aim(original, target, how, special));
  }

  RestoreAnswer approve(Principal who, long id, String kind, String digest) {
    RestoreOrder.Kind what;
    try {
      what = RestoreOrder.Kind.ofId(kind);
    } catch (IllegalArgumentException e) {
      return new RestoreAnswer.Refused("state");
    }
    return desk.approve(who, id, what, digest);
  }
}
