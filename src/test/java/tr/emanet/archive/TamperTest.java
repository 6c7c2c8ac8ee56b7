package tr.emanet.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes a sealed log in thousands of ways, where no manifest helps: every one is found and named,
 * and the untouched log raises no alarm. What is signed is changed one by one; segments and audit
 * record, whose findings must not depend on each other, together.
 */
final class TamperTest {

  private static final int COUNT = Integer.getInteger("emanet.tamper.count", 5_000);
  private static final Pattern ONE = Pattern.compile("\\(leaf (\\d+)\\)|before leaf (\\d+)");
  private static final Pattern MORE = Pattern.compile("\\(leaves (\\d+) to (\\d+)\\)");

  @TempDir static Path scratch;

  private static Path log;
  private static Program verifier;
  private static String witness;
  private static final Map<String, byte[]> FILES = new TreeMap<>();
  private static final Map<String, int[]> ENDS = new TreeMap<>();

  @BeforeAll
  static void writesALog() throws Exception {
    verifier = new Program();
    Path memory = Path.of("/dev/shm");
    log =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "emanet-tamper")
            : Files.createDirectory(scratch.resolve("log"));
    SealFixture fixture = SealFixture.threeDays(log, FixtureKeys.rsa(), 7);
    fixture.archive();
    witness = fixture.witness();
    Security.insertProviderAt(new RememberingProvider(), 1);
    try (Stream<Path> files = Files.walk(log)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = log.relativize(file).toString();
        if (name.matches("(journal|seals|audit)/.*")) {
          FILES.put(name, Files.readAllBytes(file));
        }
      }
    }
    for (String name : FILES.keySet()) {
      if (name.endsWith(".leaves")) {
        ENDS.put(segmentOf(name), ends(was(name)));
      }
    }
  }

  @AfterAll
  static void removesTheLog() throws IOException {
    Security.removeProvider(RememberingProvider.NAME);
    try (Stream<Path> files = Files.walk(log)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Where each leaf ends. */
  private static int[] ends(byte[] leaves) {
    int[] ends = new int[(leaves.length - 16) / 56];
    for (int i = 0, at = 0; i < ends.length; i++) {
      at += java.nio.ByteBuffer.wrap(leaves).getInt(16 + i * 56 + 8);
      ends[i] = at;
    }
    return ends;
  }

  /** The untouched content of a file. */
  private static byte[] was(String name) {
    return Objects.requireNonNull(FILES.get(name), name);
  }

  private static int[] leafEnds(String segment) {
    return Objects.requireNonNull(ENDS.get(segment), segment);
  }

  private static String segmentOf(String leaves) {
    return leaves.replace("seals/leaves/", "journal/").replace(".leaves", ".emj");
  }

  /** One change: what is written instead, and what the findings must say. */
  private record Change(String what, String name, byte[] now, Predicate<Program.Said> named) {}

  @Test
  void namesEveryChangeAndNothingElse() throws Exception {
    Random random = new Random(20261122);
    List<String> missed = new ArrayList<>();
    int[] made = new int[3];

    assertThat(verify().text()).contains("VERDICT UNTOUCHED");
    for (int run = 0; made[0] + made[1] + made[2] < COUNT; run++) {
      List<Change> changes = random.nextBoolean() ? List.of(sealed(random)) : contents(random);
      for (Change change : changes) {
        put(change.name(), change.now());
      }
      Program.Said said = verify();
      for (Change change : changes) {
        made[kind(change.name())]++;
        if (said.code() != 1 || !change.named().test(said)) {
          missed.add(run + " " + change.what() + "\n" + said.text());
        }
        put(change.name(), was(change.name()));
      }
      if (changes.size() > 1 && !onlyAbout(said, changes)) {
        missed.add(run + " an untouched file is named\n" + said.text());
      }
      if (run % 100 == 0 && verify().code() != 0) {
        missed.add("false alarm after run " + run);
      }
    }

    assertThat(missed).isEmpty();
    assertThat(verify().text()).contains("VERDICT UNTOUCHED");
    assertThat(made[0]).as("changes of the journal").isGreaterThan(COUNT / 2);
    assertThat(made[1]).as("changes of seals").isGreaterThan(COUNT / 8);
    assertThat(made[2]).as("changes of the audit record").isGreaterThan(COUNT / 8);
  }

  private static int kind(String name) {
    return name.startsWith("journal/") ? 0 : name.startsWith("seals/") ? 1 : 2;
  }

  /** A change of what is signed: alone, because more than one file may follow from it. */
  private static Change sealed(Random random) {
    List<String> seals = FILES.keySet().stream().filter(name -> kind(name) == 1).toList();
    while (true) {
      Change change = bytes(seals.get(random.nextInt(seals.size())), random);
      if (change != null) {
        return change;
      }
    }
  }

  /** Each segment and the audit record, all changed at once: neither may hide the others. */
  private static List<Change> contents(Random random) {
    List<Change> changes = new ArrayList<>();
    for (String name : FILES.keySet()) {
      if (kind(name) != 1) {
        Change change =
            name.endsWith(".emj") && random.nextBoolean()
                ? chunks(name, random)
                : bytes(name, random);
        if (change != null) {
          changes.add(change);
        }
      }
    }
    return changes;
  }

  /** Nothing else was touched, and nothing else may be named. */
  private static boolean onlyAbout(Program.Said said, List<Change> changes) {
    return said.wrong()
        .allMatch(
            line ->
                changes.stream()
                    .anyMatch(change -> line.startsWith("WRONG " + change.name() + ":")));
  }

  private static Program.Said verify() {
    return verifier.run(log, "--state", "--expect", witness);
  }

  private static void put(String name, byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      Files.delete(log.resolve(name));
    } else {
      Files.write(log.resolve(name), bytes);
    }
  }

  /** A change of bytes somewhere in a file. */
  private static @Nullable Change bytes(String name, Random random) {
    byte[] was = was(name);
    byte[] now;
    int at = random.nextInt(was.length);
    int length = 1 + random.nextInt(Math.min(64, was.length - at));
    String what;
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        what = "flips a bit";
        now = was.clone();
        now[at] ^= (byte) (1 << random.nextInt(8));
      }
      case 2 -> {
        what = "overwrites";
        now = was.clone();
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, now, at, length);
      }
      case 3 -> {
        what = "deletes bytes";
        now = joined(was, 0, at, was, at + length, was.length);
      }
      case 4 -> {
        what = "inserts bytes";
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        now = joined(joined(was, 0, at, noise, 0, length), 0, at + length, was, at, was.length);
      }
      case 5 -> {
        what = "truncates";
        now = Arrays.copyOf(was, at);
      }
      case 6 -> {
        what = "deletes the file";
        now = new byte[0];
      }
      default -> {
        what = "puts another file there";
        List<String> names = FILES.keySet().stream().filter(n -> !n.equals(name)).toList();
        now = was(names.get(random.nextInt(names.size())));
      }
    }
    if (Arrays.equals(was, now) || harmless(name, was, now)) {
      return null;
    }
    String text = what + " at " + at + ", " + length + " in " + name;
    return new Change(text, name, now, said -> names(said, name, was, now));
  }

  /**
   * A missing stamp is told, not an error, and a state directory holds its audit record in a
   * database: an archive's manifest is what knows that these files must be there. Nobody signs what
   * an authority says around its token ("Operation Okay").
   */
  private static boolean harmless(String name, byte[] was, byte[] now) {
    boolean stamp = name.endsWith(".tsr");
    int token = 6 + was[5];
    return now.length == 0 && (stamp || name.startsWith("audit/"))
        || stamp
            && now.length == was.length
            && Arrays.equals(was, token, was.length, now, token, now.length);
  }

  private static byte[] joined(byte[] a, int a0, int a1, byte[] b, int b0, int b1) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(a, a0, a1 - a0);
    out.write(b, b0, b1 - b0);
    return out.toByteArray();
  }

  /** Whether a finding is about this file, and in a segment about the right leaves. */
  private static boolean names(Program.Said said, String name, byte[] was, byte[] now) {
    if (name.startsWith("journal/")) {
      return namesLeaves(said, name, was, now);
    }
    if (name.startsWith("audit/")) {
      return said.names("WRONG " + name);
    }
    String statement = name.replace(".p7s", "").replace(".tsr", "");
    return said.wrong().anyMatch(line -> line.startsWith("WRONG " + statement));
  }

  private static boolean namesLeaves(Program.Said said, String name, byte[] was, byte[] now) {
    List<String> lines =
        said.wrong().filter(line -> line.startsWith("WRONG " + name + ":")).toList();
    if (now.length == 0) {
      return lines.size() == 1 && lines.getFirst().contains("deleted: sequences");
    }
    int first = 0;
    while (first < Math.min(was.length, now.length) && was[first] == now[first]) {
      first++;
    }
    int leaf = leafAt(name, first);
    return lines.stream().anyMatch(line -> covers(line, leaf, leafEnds(name).length));
  }

  private static int leafAt(String name, int at) {
    int leaf = 1;
    for (int end : leafEnds(name)) {
      if (at >= end) {
        leaf++;
      }
    }
    return leaf;
  }

  private static boolean covers(String line, int leaf, int leaves) {
    Matcher one = ONE.matcher(line);
    while (one.find()) {
      int named = Integer.parseInt(one.group(1) != null ? one.group(1) : one.group(2));
      if (named == leaf) {
        return true;
      }
    }
    Matcher more = MORE.matcher(line);
    return more.find()
            && Integer.parseInt(more.group(1)) <= leaf
            && Integer.parseInt(more.group(2)) >= leaf
        || leaf > leaves && line.contains("at the end");
  }

  /** A change of whole chunks: deleted, repeated, moved. */
  private static @Nullable Change chunks(String name, Random random) {
    int count = leafEnds(name).length;
    int a = random.nextInt(count);
    int b = random.nextInt(count);
    return switch (random.nextInt(3)) {
      case 0 -> deleted(name, a);
      case 1 -> repeated(name, a, b);
      default -> moved(name, a, b);
    };
  }

  /** Where a leaf, counted from 0, begins. */
  private static int begin(String name, int leaf) {
    return leaf == 0 ? 0 : leafEnds(name)[leaf - 1];
  }

  private static @Nullable Change deleted(String name, int a) {
    byte[] was = was(name);
    byte[] now = joined(was, 0, begin(name, a), was, leafEnds(name)[a], was.length);
    return now.length == 0
        ? null
        : new Change(
            "deletes leaf " + (a + 1) + " of " + name,
            name,
            now,
            said ->
                said.wrong()
                    .anyMatch(
                        line ->
                            line.contains("(leaf " + (a + 1) + ")")
                                && line.matches(".*: (deleted|cut off): .*")));
  }

  private static @Nullable Change repeated(String name, int a, int b) {
    byte[] was = was(name);
    int last = leafEnds(name).length - 1;
    if (a == b && a == last) {
      return null; // behind the end of what is sealed
    }
    byte[] one = Arrays.copyOfRange(was, begin(name, a), leafEnds(name)[a]);
    int at = begin(name, b);
    byte[] now =
        joined(joined(was, 0, at, one, 0, one.length), 0, at + one.length, was, at, was.length);
    return new Change(
        "repeats leaf " + (a + 1) + " of " + name + " before " + (b + 1),
        name,
        now,
        said ->
            said.wrong()
                .anyMatch(
                    line ->
                        line.contains("inserted: a copy of")
                                && line.contains("(leaf " + (a + 1) + ")")
                            // a copy of bytes without chunks is not known for one
                            || a == last && line.startsWith("WRONG " + name + ": inserted: ")));
  }

  private static @Nullable Change moved(String name, int a, int b) {
    if (a >= b) {
      return null;
    }
    byte[] was = was(name);
    int end = leafEnds(name)[a];
    byte[] one = Arrays.copyOfRange(was, begin(name, a), end);
    byte[] without = joined(was, 0, begin(name, a), was, end, was.length);
    int to = leafEnds(name)[b] - one.length;
    byte[] now =
        joined(
            joined(without, 0, to, one, 0, one.length),
            0,
            to + one.length,
            without,
            to,
            without.length);
    return new Change(
        "moves leaf " + (a + 1) + " of " + name + " behind " + (b + 1),
        name,
        now,
        said ->
            said.wrong()
                .anyMatch(
                    line ->
                        line.startsWith("WRONG " + name)
                            && (line.contains(": moved: ")
                                // the end without chunks, which now stands before this leaf
                                || line.contains(": inserted: ")
                                    && line.contains("before leaf " + (a + 1) + ","))));
  }
}
