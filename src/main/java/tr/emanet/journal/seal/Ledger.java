package tr.emanet.journal.seal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.crypto.Digests;

/**
 * The checkpoints on disk: finds what is there, takes back what was not finished, and appends. One
 * thread only.
 */
final class Ledger {

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final int MAX_BYTES = 64 << 20;

  private final SealPaths paths;
  private final SealStore store;
  private final Signer signer;
  private final Durable durable;
  private final List<String> problems = new ArrayList<>();
  private SealStore.Last last = SealStore.Last.NONE;

  Ledger(SealPaths paths, SealStore store, Signer signer, Durable durable) {
    this.paths = paths;
    this.store = store;
    this.signer = signer;
    this.durable = durable;
  }

  static String digest(byte[] bytes) {
    MessageDigest sha = Digests.sha256();
    return HexFormat.of().formatHex(sha.digest(bytes));
  }

  /** Brings the tables to what the files say; removes what an end in the middle has left. */
  void open() throws IOException {
    problems.clear();
    NavigableMap<Long, Path> statements = new TreeMap<>();
    for (Path day : days(paths.root()).values()) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(day)) {
        for (Path file : files) {
          String name = String.valueOf(file.getFileName());
          long number = SealPaths.numberOf(name, SealPaths.STATEMENT);
          if (number > 0 && statements.put(number, file) != null) {
            problems.add("there are two checkpoints " + number + "; one was put there by somebody");
          } else if (name.endsWith(SealPaths.TEMPORARY)) {
            Files.delete(file);
          }
        }
      }
    }
    unfinished(statements);
    missing(statements);
    last = store.last();
    if (last.number() > 0) {
      Path file = statements.get(last.number());
      if (file == null || !digest(read(file)).equals(last.digest())) {
        problems.add(
            "checkpoint "
                + last.number()
                + (file == null ? " is gone" : " was changed")
                + " since it was written; compare with a witness");
      }
    }
    for (Map.Entry<Long, Path> one : statements.tailMap(last.number(), false).entrySet()) {
      take(one.getValue());
    }
    problems.forEach(
        p -> LOG.atError().addKeyValue("problem", p).log("Checkpoints have a problem"));
  }

  /** Day directories in order, without those of leaves. */
  static NavigableMap<LocalDate, Path> days(Path root) throws IOException {
    NavigableMap<LocalDate, Path> out = new TreeMap<>();
    for (Path year : numbers(root, 4)) {
      for (Path month : numbers(year, 2)) {
        for (Path day : numbers(month, 2)) {
          try {
            out.put(LocalDate.of(number(year), number(month), number(day)), day);
          } catch (DateTimeException e) {
            LOG.atWarn().addKeyValue("directory", day).log("This is no day; it is passed over");
          }
        }
      }
    }
    return out;
  }

  private static int number(Path name) {
    return Integer.parseInt(String.valueOf(name.getFileName()));
  }

  private static List<Path> numbers(Path directory, int digits) throws IOException {
    List<Path> out = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
        for (Path one : all) {
          String name = String.valueOf(one.getFileName());
          if (name.length() == digits
              && name.chars().allMatch(c -> c >= '0' && c <= '9')
              && Files.isDirectory(one)) {
            out.add(one);
          }
        }
      }
    }
    return out;
  }

  /** A statement that was never signed counts as never written; only the newest can be one. */
  private void unfinished(NavigableMap<Long, Path> statements) throws IOException {
    Map.Entry<Long, Path> newest = statements.lastEntry();
    if (newest != null && !Files.exists(SealPaths.signature(newest.getValue()))) {
      if (store.last().number() >= newest.getKey()) {
        problems.add(
            "the signature of checkpoint " + newest.getKey() + " is gone; somebody removed it");
        return;
      }
      Files.delete(newest.getValue());
      Path directory = newest.getValue().getParent();
      if (directory != null) {
        Durable.force(directory);
      }
      statements.remove(newest.getKey());
      LOG.atInfo().addKeyValue("number", newest.getKey()).log("Unsigned checkpoint was removed");
    }
  }

  private void missing(NavigableMap<Long, Path> statements) {
    long expected = 1;
    for (long number : statements.keySet()) {
      if (number > expected) {
        problems.add(
            "checkpoints " + expected + " to " + (number - 1) + " are gone; somebody removed them");
      }
      expected = number + 1;
    }
  }

  private void take(Path file) throws IOException {
    byte[] bytes = read(file);
    try {
      Checkpoint checkpoint = Checkpoint.parse(bytes);
      LocalDate day = SealPaths.dayOf(file);
      String digest = digest(bytes);
      store.take(checkpoint, day, digest);
      last = new SealStore.Last(checkpoint.number(), checkpoint.time(), day, digest);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "checkpoint " + file + " is not legible: " + e.getMessage() + "; move it away", e);
    }
  }

  static byte[] read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is larger than any file of a seal");
    }
    return Files.readAllBytes(file);
  }

  /** The newest checkpoint. */
  SealStore.Last last() {
    return last;
  }

  /** What was found wrong when it was opened. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Writes statement, then signature, then takes note. */
  void append(Checkpoint checkpoint) throws IOException {
    byte[] statement = checkpoint.bytes();
    // Before the first file: a key that cannot be used must not leave half a checkpoint.
    byte[] signature = signer.sign(statement);
    LocalDate day = paths.day(last, checkpoint.time());
    Path file = paths.checkpoint(day, checkpoint.number());
    durable.step().accept("seal.before-statement");
    durable.write(file, statement);
    durable.step().accept("seal.after-statement");
    durable.write(SealPaths.signature(file), signature);
    durable.step().accept("seal.after-signature");
    String digest = digest(statement);
    store.take(checkpoint, day, digest);
    last = new SealStore.Last(checkpoint.number(), checkpoint.time(), day, digest);
    durable.step().accept("seal.taken");
  }
}
