package tr.emanet.backup.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.proof.DatabaseProof;
import tr.emanet.backup.proof.Drill;
import tr.emanet.backup.proof.DrillPlan;
import tr.emanet.backup.proof.DrillRecord;
import tr.emanet.backup.proof.DrillRun;
import tr.emanet.backup.proof.DrillScope;
import tr.emanet.web.Formats;
import tr.emanet.web.Texts;

/** Says drills in the words of people, on the page and on paper. Immutable. */
final class DrillWords {

  private static final long GIGABYTE = 1_000_000_000L;

  private final Texts texts;
  private final Formats formats;

  DrillWords(Texts texts) {
    this.texts = texts;
    this.formats = texts.formats();
  }

  String t(String key, @Nullable Object... arguments) {
    return texts.get("proof." + key, arguments);
  }

  static String icon(Drill.State state) {
    return switch (state) {
      case RUNNING -> "running";
      case PASSED -> "health-ok";
      case FAILED, BROKEN -> "health-broken";
      case STOPPED -> "health-unknown";
    };
  }

  static String tone(Drill.State state) {
    return switch (state) {
      case RUNNING -> "running";
      case PASSED -> "ok";
      case FAILED, BROKEN -> "broken";
      case STOPPED -> "unknown";
    };
  }

  static long gigabytes(DrillScope scope) {
    return scope.bytes() == Long.MAX_VALUE ? 0 : Math.max(1, scope.bytes() / GIGABYTE);
  }

  static DrillScope scope(long files, long gigabytes) {
    return new DrillScope(
        files, gigabytes == 0 ? Long.MAX_VALUE : Math.multiplyExact(gigabytes, GIGABYTE));
  }

  String scope(DrillScope scope) {
    if (scope.whole()) {
      return t("scope.whole");
    }
    if (scope.bytes() == Long.MAX_VALUE) {
      return t("scope.files", formats.number(scope.files()));
    }
    String bytes = formats.bytes(scope.bytes());
    return scope.files() == 0
        ? t("scope.bytes", bytes)
        : t("scope.both", formats.number(scope.files()), bytes);
  }

  String plan(DrillPlan plan) {
    return plan.days() == 0
        ? t("plan.never")
        : t("plan.every", formats.number(plan.days()), scope(plan.scope()));
  }

  String state(Drill drill) {
    return t("drill." + drill.state().id());
  }

  /** One sentence for the list. */
  String says(Drill drill) {
    DrillRecord record = drill.record();
    if (record == null) {
      return drill.problem();
    }
    DrillRun.Figures f = record.outcome().figures();
    return record.passed()
        ? t("drill.says", formats.number(f.hashedFiles()), formats.bytes(f.hashedBytes()))
        : t("drill.says.failed", formats.number(record.outcome().count()));
  }

  /** The fields of the record. */
  List<BackupViews.Line> facts(Drill drill) {
    List<BackupViews.Line> lines = new ArrayList<>();
    lines.add(line("begun", formats.dateTime(drill.startedAt()), false));
    if (drill.endedAt() != null) {
      lines.add(line("ended", formats.dateTime(drill.endedAt()), false));
    }
    lines.add(line("by", drill.owner().equals("-") ? t("by.schedule") : drill.owner(), false));
    DrillRecord record = drill.record();
    if (record == null) {
      return lines;
    }
    lines.add(line("machine", record.machine(), false));
    lines.add(
        line(
            "systems",
            record.systems().isEmpty() ? record.job() : record.job() + ", " + record.systems(),
            false));
    DrillRecord.About about = record.about();
    lines.add(line("repository", about.repository(), true));
    lines.add(line("repository.id", about.repositoryId(), true));
    lines.add(line("snapshot", about.snapshot(), true));
    lines.add(line("taken", formats.dateTime(about.takenAt()), false));
    lines.add(line("scope", scope(about.scope()), false));
    lines.add(line("seals", sealed(record.sealed()), false));
    DrillRun.Figures f = record.outcome().figures();
    lines.add(
        line(
            "restored",
            t(
                "restored.is",
                formats.number(f.restored()),
                formats.number(f.inSnapshot()),
                formats.bytes(f.bytes())),
            false));
    lines.add(line("blobs", formats.number(f.verified()), false));
    lines.add(
        line(
            "again",
            t("again.is", formats.number(f.hashedFiles()), formats.bytes(f.hashedBytes())),
            false));
    if (f.leftOut() > 0) {
      lines.add(line("left", formats.number(f.leftOut()), false));
    }
    lines.add(line("digest", record.outcome().digest(), true));
    for (DatabaseProof.Line one : record.outcome().databases()) {
      lines.add(
          line(
              "database",
              one.problem().isEmpty()
                  ? t(
                      one.expected() == DatabaseProof.UNCOUNTED ? "rows.uncounted" : "rows",
                      one.database(),
                      one.table(),
                      formats.number(one.expected()),
                      one.found() == DatabaseProof.UNCOUNTED ? "–" : formats.number(one.found()))
                  : one.database() + " " + one.table() + ": " + one.problem(),
              false));
    }
    return lines;
  }

  private String sealed(String word) {
    return word.equals(DrillRecord.SEALED) || word.equals(DrillRecord.UNCHECKED)
        ? t("seals." + word)
        : word;
  }

  private BackupViews.Line line(String key, String value, boolean mono) {
    return new BackupViews.Line(t("field." + key), value, mono);
  }

  /** The words for what is not listed; empty when all is. */
  String more(DrillRecord record) {
    int rest = record.outcome().count() - record.outcome().problems().size();
    return rest > 0 ? t("more", formats.number(rest)) : "";
  }
}
