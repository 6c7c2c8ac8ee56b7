package tr.emanet.traffic.day;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The chain file over the days: {@code day;manifest_sha256;prev_chain_sha256}, a line each. The
 * last part is the SHA-256 of the line before with its line feed, sixty-four zeros in the first
 * line: a line that was changed, taken out or put in breaks all that follow. One thread only.
 */
final class DayChain {

  static final String FILE = "chain.txt";

  private static final String GENESIS = "0".repeat(64);

  private final Path file;

  DayChain(Path folder) {
    this.file = folder.resolve(FILE);
  }

  /** The manifest's digest that the chain holds for a day. */
  Optional<String> manifest(LocalDate day) throws IOException {
    return lines().stream()
        .filter(line -> line.startsWith(day + ";"))
        .map(line -> line.split(";", -1)[1])
        .findFirst();
  }

  private List<String> lines() throws IOException {
    return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
  }

  /** Appends a day; durable when this returns. */
  void append(LocalDate day, String manifest) throws IOException {
    List<String> lines = lines();
    String before =
        lines.isEmpty()
            ? GENESIS
            : sha256((lines.getLast() + "\n").getBytes(StandardCharsets.UTF_8));
    String line = day + ";" + manifest + ";" + before + "\n";
    Files.writeString(
        file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
