package tr.emanet.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Daily roots, checkpoints and destruction records below {@code seals/}, see {@code
 * src/docs/format-seal.md}. Ids: {@code YYYY-MM-DD} of a root, {@code YYYY-MM-DD-NUMBER} of the
 * others. Safe for many threads.
 */
public final class SealedFiles implements SignableObjects {

  static final String ROOT = "root";
  static final String CHECKPOINT = "checkpoint";
  static final String DESTRUCTION = "destruction";

  private static final Pattern DAY = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})");
  private static final Pattern NUMBERED =
      Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})-([0-9]{1,12})");
  private static final long MAX_BYTES = 64L << 20;

  private final Path seals;

  public SealedFiles(Path seals) {
    this.seals = seals;
  }

  @Override
  public Optional<SignableObject> find(String kind, String id) throws IOException {
    boolean root = kind.equals(ROOT);
    if (!root && !kind.equals(CHECKPOINT) && !kind.equals(DESTRUCTION)) {
      return Optional.empty();
    }
    Matcher match = (root ? DAY : NUMBERED).matcher(id);
    if (!match.matches()) {
      return Optional.empty();
    }
    String name =
        root
            ? "root.sha256"
            : "0".repeat(12 - match.group(4).length()) + match.group(4) + "." + kind;
    Path file =
        seals.resolve(match.group(1)).resolve(match.group(2)).resolve(match.group(3)).resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("'" + file + "' is larger than anything that was sealed");
    }
    String shown = root ? "root-" + id + ".sha256" : name;
    return Optional.of(new SignableObject(kind, id, shown, Files.readAllBytes(file)));
  }
}
