package tr.emanet.backup.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.place.CopyRecord;
import tr.emanet.web.Formats;
import tr.emanet.web.Shell;

/** What a copy did, in words. */
final class CopyWords {

  private CopyWords() {}

  static String of(CopyRecord copy, Shell shell) {
    Formats formats = shell.formats();
    CopyRecord.Followed did = copy.followed();
    List<String> says = new ArrayList<>();
    says.add(t(shell, "counts", formats.number(copy.objects()), formats.bytes(copy.bytes())));
    if (did.healed() > 0) {
      says.add(t(shell, "healed", formats.number(did.healed())));
    }
    if (did.removed() > 0) {
      says.add(t(shell, "removed", formats.number(did.removed()), formats.bytes(did.freed())));
    }
    if (did.locked() > 0) {
      says.add(t(shell, "locked", formats.number(did.locked())));
    }
    if (!did.held().isEmpty()) {
      says.add(t(shell, "held", did.held()));
    }
    return String.join("; ", says);
  }

  private static String t(Shell shell, String key, @Nullable Object... arguments) {
    return shell.t("backup.place.copy." + key, arguments);
  }
}
