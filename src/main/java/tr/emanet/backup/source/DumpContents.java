package tr.emanet.backup.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of contents of a PostgreSQL dump, without what only a superuser may make: such entries
 * hold no rows, and a trial of the dump must not run them as one.
 *
 * @param kept the lines for {@code pg_restore --use-list}
 * @param extensions names of those that the dump wants
 */
record DumpContents(List<String> kept, List<String> extensions) {

  private static final Pattern ENTRY = Pattern.compile("\\d+; \\d+ \\d+ (.*)");
  private static final Pattern EXTENSION = Pattern.compile("EXTENSION - ([A-Za-z0-9_-]{1,63})");
  private static final List<String> NOT_OURS =
      List.of(
          "EXTENSION ",
          "EVENT TRIGGER ",
          "PROCEDURAL LANGUAGE ",
          "FOREIGN DATA WRAPPER ",
          "SERVER ",
          "USER MAPPING ",
          "FOREIGN TABLE ",
          "COMMENT - EXTENSION ",
          "COMMENT - EVENT TRIGGER ",
          "COMMENT - PROCEDURAL LANGUAGE ",
          "COMMENT - FOREIGN ",
          "COMMENT - SERVER ");

  static DumpContents of(List<String> lines) {
    List<String> kept = new ArrayList<>();
    List<String> extensions = new ArrayList<>();
    for (String line : lines) {
      Matcher entry = ENTRY.matcher(line);
      if (!entry.lookingAt()) {
        continue;
      }
      String what = entry.group(1);
      Matcher extension = EXTENSION.matcher(what);
      if (extension.lookingAt()) {
        extensions.add(extension.group(1));
      }
      if (NOT_OURS.stream().noneMatch(what::startsWith)) {
        kept.add(line);
      }
    }
    return new DumpContents(List.copyOf(kept), List.copyOf(extensions));
  }
}
