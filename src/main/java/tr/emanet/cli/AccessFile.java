package tr.emanet.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.target.TargetAccess;

/**
 * How a command identifies itself at a server: a properties file. Secrets are files of their own,
 * named in it, so that neither the process list nor a history of commands has them.
 */
final class AccessFile {

  private static final int MAX_SIZE = 16_384;
  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "hostKey", "privateKey", "user", "secretFile", "authorities", "region", "lockDays"));

  private AccessFile() {}

  /**
   * Reads one; paths in it begin at its directory.
   *
   * @throws CommandFailed when something in it is not understood, with the remedy
   */
  static TargetAccess read(Path file) throws IOException, CommandFailed {
    if (!Files.isRegularFile(file) || Files.size(file) > MAX_SIZE) {
      throw wrong(file, "is no file of at most " + MAX_SIZE + " bytes");
    }
    Properties found = new Properties();
    try {
      found.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      throw wrong(file, "is no properties file: " + e.getMessage());
    }
    for (String key : found.stringPropertyNames()) {
      if (!KEYS.contains(key)) {
        throw wrong(
            file, "has the unknown key '" + key + "'; known are " + String.join(", ", KEYS));
      }
    }
    String hostKeys = text(found, "hostKey", "");
    TargetAccess none = TargetAccess.none();
    return new TargetAccess(
        hostKeys.isEmpty()
            ? List.of()
            : Arrays.stream(hostKeys.split("[, ]+", -1)).filter(k -> !k.isEmpty()).toList(),
        path(file, found, "privateKey"),
        found.containsKey("user") ? text(found, "user", "") : null,
        path(file, found, "secretFile"),
        path(file, found, "authorities"),
        text(found, "region", none.region()),
        days(file, text(found, "lockDays", "0")));
  }

  private static int days(Path file, String text) throws CommandFailed {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 36_500) {
      throw wrong(file, "has a lockDays that is not 0 to 36500");
    }
    return Integer.parseInt(text);
  }

  private static String text(Properties found, String key, String otherwise) {
    return found.getProperty(key, otherwise).strip();
  }

  private static @Nullable Path path(Path file, Properties found, String key) {
    String text = text(found, key, "");
    return text.isEmpty() ? null : file.toAbsolutePath().resolveSibling(text);
  }

  private static CommandFailed wrong(Path file, String what) {
    return new CommandFailed(ExitCode.USAGE, "'" + file + "' " + what);
  }
}
