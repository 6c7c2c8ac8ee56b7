package tr.emanet.backup.seal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tr.emanet.backup.BackupException;

/** The seals of one day, as {@code sha256sum} writes and checks them from the repository. */
final class DayFile {

  private static final Pattern NAME = Pattern.compile("daily/([0-9]{4}-[0-9]{2}-[0-9]{2})\\.txt");
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  seals/([0-9]{8,12})\\.json");

  /** A seal in the list. */
  record Line(long sequence, String digest) {}

  private DayFile() {}

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  static String name(String day) {
    return "daily/" + day + ".txt";
  }

  static String day(String name) {
    return name.substring(6, 16);
  }

  static byte[] encode(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.digest())
          .append("  seals/")
          .append(SealFolder.name(line.sequence(), ".json"))
          .append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  static List<Line> parse(byte[] bytes) throws BackupException {
    List<Line> lines = new ArrayList<>();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\n")) {
      throw new BackupException("is no list of seals");
    }
    for (String each : text.substring(0, text.length() - 1).split("\n", -1)) {
      Matcher line = LINE.matcher(each);
      if (!line.matches()) {
        throw new BackupException("has a line that is none of a list of seals");
      }
      lines.add(new Line(Long.parseLong(line.group(2)), line.group(1)));
    }
    return lines;
  }
}
