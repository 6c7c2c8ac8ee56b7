package tr.emanet.intake.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** User and password for a broker; empty when there are none. Read anew for each connection. */
record Credentials(String user, String password) {

  static final Credentials NONE = new Credentials("", "");

  boolean given() {
    return !user.isEmpty();
  }

  /** First line user, second line password. */
  static Credentials read(@Nullable Path file) throws IOException {
    if (file == null) {
      return NONE;
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    if (lines.size() < 2 || lines.getFirst().isBlank()) {
      throw new IOException(
          file + " must hold the user on its first line and the password on its second");
    }
    return new Credentials(lines.get(0), lines.get(1));
  }

  @Override
  public String toString() {
    return given() ? user + ":***" : "none";
  }
}
