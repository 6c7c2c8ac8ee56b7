import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Checks an archive of logs, or a backup repository, that Emanet has written, without any code of Emanet.
 *
 * <p>This one file is the whole program. It needs a JDK (17 or later) and nothing else:
 *
 * <pre>java Verify.java DIRECTORY [--trust FILE.pem]... [--expect FILE|NUMBER:SHA256] [--full]</pre>
 *
 * <p>DIRECTORY may be a backup repository with seals beside it, too ({@link Backups}): every stored
 * byte is compared with the signed chain, and no password of the repository is needed.
 *
 * <p>Read it before you trust it; it is written to be read. It follows the page "Seal format,
 * version 1". The order of what is proven:
 *
 * <ol>
 *   <li>{@link Manifest}: the files are those that were exported, none more, none less.
 *   <li>{@link Seals}: every checkpoint is signed with the machine's key, names the digest of the
 *       one before, and none is missing; every day's root covers the day's checkpoints, names the
 *       root before, is signed, and stamped by a time stamp authority or not.
 *   <li>{@link Leaves}: the list of a segment's leaves (ranges of bytes) has the Merkle root that
 *       stands in the checkpoints.
 *   <li>{@link Segments}: the stored bytes have the digests that stand in leaves and checkpoints.
 *       {@link Localiser} names what was altered, deleted, inserted or moved.
 *   <li>{@link Audit}: the record of people's acts is the chain whose head is in the checkpoints.
 *   <li>{@code --expect}: the checkpoint that somebody outside has kept is in the archive.
 * </ol>
 *
 * <p>A closed segment whose digest is the one in a signed checkpoint needs no look at its leaves:
 * with {@code --full} they are compared all the same, which takes twice as long.
 *
 * <p>Every line of the output begins with {@code OK}, {@code NOTE} (worth knowing, nothing wrong),
 * {@code WRONG} or {@code VERDICT}. Exit codes: 0 nothing wrong; 1 something is wrong; 2 the
 * question or the directory could not be understood; 3 reading failed.
 */
public final class Verify {

  /** Nothing is wrong. */
  public static final int UNTOUCHED = 0;

  /** Something is altered, missing, added, or not proven to be what it should be. */
  public static final int WRONG = 1;

  /** The arguments are wrong or the directory is no archive. */
  public static final int USAGE = 2;

  /** A file could not be read. */
  public static final int UNREADABLE = 3;

  private static final String HELP =
      "usage: java Verify.java DIRECTORY [--trust FILE.pem]... [--expect FILE|NUMBER:SHA256]\n"
          + "       [--full] [--state [--from DAY --to DAY]]\n"
          + "  --trust   certificate (or its authority) that you got in another way; may be given\n"
          + "            more than once. Without it the keys are those that the archive names.\n"
          + "  --expect  a checkpoint kept elsewhere: finds that the newest ones were cut off\n"
          + "  --full    compare the digest of every leaf also where the whole file's is right\n"
          + "  --state   DIRECTORY is the state directory of an installation, not an archive: no\n"
          + "            manifest, and what came after the last checkpoint is not sealed yet\n"
          + "  --from, --to   with --state: only the segments of these days, as 2026-11-22";

  private Verify() {}

  /** Runs the check on the command line. */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  /**
   * Runs the check and returns the exit code; may be called from another program.
   *
   * @param out gets findings and verdict, line by line
   * @param progress gets {@code progress <bytes done> <bytes in all> <file>}, a line a second
   */
  public static int run(String[] args, PrintStream out, PrintStream progress) {
    Options options;
    try {
      options = Options.parse(args);
    } catch (Refused e) {
      progress.println(e.getMessage());
      progress.println(HELP);
      return USAGE;
    }
    Report report = new Report(out);
    try {
      check(options, report, progress);
    } catch (Refused e) {
      report.wrong("-", e.getMessage());
      out.flush();
      return USAGE;
    } catch (IOException e) {
      report.wrong("-", "cannot be read: " + e);
      out.flush();
      return UNREADABLE;
    }
    report.verdict();
    out.flush();
    return report.wrongs == 0 ? UNTOUCHED : WRONG;
  }

  private static void check(Options options, Report report, PrintStream progress)
      throws IOException, Refused {
    Tree tree = Tree.of(options, report, progress);
    Trust trust = Trust.of(options, tree, report);
    if (options.repository) {
      new Backups(tree, trust, report).check(options);
      trust.tell();
      return;
    }
    Window window = options.state ? options.window() : Window.read(tree, report);
    if (!options.state) {
      new Manifest(tree, trust, report).check();
    }
    Seals seals = new Seals(tree, trust, report, options.state);
    seals.check(window);
    new Segments(tree, seals, report, options).check(window);
    new Audit(tree, seals, report, options.state).check(window);
    seals.expect(options);
    trust.tell();
  }

  // ---------------------------------------------------------------------------------------------
  // Arguments, report, files
  // ---------------------------------------------------------------------------------------------

  /** Bytes that are not what the format says; the message says why. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /** What was asked. */
  static final class Options {
    Path directory;
    final List<Path> trust = new ArrayList<>();
    long expectNumber;
    String expectDigest;
    LocalDate from = LocalDate.MIN;
    LocalDate to = LocalDate.MAX;
    boolean full;
    boolean state;
    boolean repository;

    static Options parse(String[] args) throws Refused {
      Options options = new Options();
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--trust" -> options.trust.add(Path.of(value(args, ++i)));
          case "--expect" -> options.expect(value(args, ++i));
          case "--from" -> options.from = date(value(args, ++i));
          case "--to" -> options.to = date(value(args, ++i));
          case "--full" -> options.full = true;
          case "--state" -> options.state = true;
          default -> {
            if (args[i].startsWith("-") || options.directory != null) {
              throw new Refused("not understood: " + printable(args[i]));
            }
            options.directory = Path.of(args[i]);
          }
        }
      }
      if (options.directory == null || !Files.isDirectory(options.directory)) {
        throw new Refused("no directory: " + options.directory);
      }
      options.repository = !options.state && Backups.is(options.directory);
      return options;
    }

    Window window() {
      return new Window(from, to, null);
    }

    private static String value(String[] args, int at) throws Refused {
      if (at >= args.length) {
        throw new Refused("a value is missing behind " + args[at - 1]);
      }
      return args[at];
    }

    private void expect(String value) throws Refused {
      Matcher pair = Pattern.compile("([1-9][0-9]{0,11}):([0-9a-f]{64})").matcher(value);
      if (pair.matches()) {
        expectNumber = Long.parseLong(pair.group(1));
        expectDigest = pair.group(2);
        return;
      }
      Path kept = Path.of(value);
      try {
        byte[] bytes = Tree.small(kept);
        if (String.valueOf(kept.getFileName()).matches("[0-9]{8,12}\\.json")) {
          expectNumber = number(String.valueOf(kept.getFileName()).replace(".json", ""));
          expectDigest = hex(sha256(bytes));
          return;
        }
        expectNumber = Checkpoint.parse(bytes).number;
        expectDigest = hex(sha256(bytes));
      } catch (IOException e) {
        throw new Refused("--expect: cannot be read: " + e);
      } catch (Refused e) {
        throw new Refused("--expect: no checkpoint: " + e.getMessage());
      }
    }
  }

  /** Writes the findings. */
  static final class Report {
    private final PrintStream out;
    int wrongs;
    int notes;
    long bytes;
    int files;

    Report(PrintStream out) {
      this.out = out;
    }

    void ok(String text) {
      out.println("OK " + text);
    }

    void note(String text) {
      notes++;
      out.println("NOTE " + text);
    }

    /** A finding about one file of the archive, or {@code -} for the whole. */
    void wrong(String file, String text) {
      wrongs++;
      out.println("WRONG " + printable(file) + ": " + printable(text));
    }

    void verdict() {
      if (wrongs == 0) {
        out.println(
            "VERDICT UNTOUCHED: " + files + " files, " + bytes + " bytes; read the notes above");
        out.println("VERDICT DEĞİŞMEMİŞ: " + files + " dosya, " + bytes + " bayt; NOTE satırlarını okuyun");
      } else {
        out.println("VERDICT NOT UNTOUCHED: " + wrongs + " findings, see the lines with WRONG");
        out.println("VERDICT DEĞİŞMİŞ: " + wrongs + " bulgu, WRONG satırlarına bakın");
      }
    }
  }

  /** The files of the directory, by their path with slashes, and their digests, read once. */
  static final class Tree {
    private static final int MOST_FILES = 20_000_000;
    private static final int SMALL = 512 << 20;

    private final Path root;
    private final PrintStream progress;
    final NavigableMap<String, Long> sizes = new TreeMap<>(Tree::asBytes);
    private final Map<String, String> digests = new HashMap<>();
    private final byte[] buffer = new byte[1 << 20];
    private long done;
    private long all;
    private long told = System.nanoTime();

    private Tree(Path root, PrintStream progress) {
      this.root = root;
      this.progress = progress;
    }

    static Tree of(Options options, Report report, PrintStream progress) throws IOException {
      Tree tree = new Tree(options.directory, progress);
      List<Path> roots = new ArrayList<>();
      if (options.state) {
        for (String name : new String[] {"journal", "seals", "audit"}) {
          roots.add(options.directory.resolve(name));
        }
      } else {
        roots.add(options.directory);
      }
      for (Path root : roots) {
        if (Files.isDirectory(root)) {
          tree.walk(root, options, report);
        }
      }
      return tree;
    }

    private void walk(Path from, Options options, Report report) throws IOException {
      Window window = options.window();
      Files.walkFileTree(
          from,
          new SimpleFileVisitor<>() {
            private boolean outside(String path) {
              return path.matches(SEGMENT) && !window.holds(path);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              StringBuilder name = new StringBuilder();
              for (Path part : root.relativize(file)) {
                name.append(name.length() == 0 ? "" : "/").append(part);
              }
              if (options.state && name.indexOf("journal/") == 0 && outside(name.substring(8))) {
                return FileVisitResult.CONTINUE;
              }
              if (!attributes.isRegularFile()) {
                report.wrong(name.toString(), "is no regular file");
              } else {
                sizes.put(name.toString(), attributes.size());
                all += attributes.size();
                if (sizes.size() > MOST_FILES) {
                  throw new IOException("more than " + MOST_FILES + " files");
                }
              }
              return FileVisitResult.CONTINUE;
            }
          });
    }

    private static int asBytes(String a, String b) {
      for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
        if (a.charAt(i) != b.charAt(i)) {
          return Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
        }
      }
      return Integer.compare(a.length(), b.length());
    }

    boolean has(String name) {
      return sizes.containsKey(name);
    }

    long size(String name) {
      return sizes.get(name);
    }

    /** All files below a directory, whose name ends with a slash, in order. */
    Set<String> below(String directory) {
      return sizes.subMap(directory, true, directory + '\uffff', false).keySet();
    }

    byte[] bytes(String name) throws IOException {
      return small(root.resolve(name));
    }

    static byte[] small(Path file) throws IOException {
      if (Files.size(file) > SMALL) {
        throw new IOException(file + " is larger than " + SMALL + " bytes");
      }
      return Files.readAllBytes(file);
    }

    FileChannel open(String name) throws IOException {
      return FileChannel.open(root.resolve(name), StandardOpenOption.READ);
    }

    /** SHA-256 of a whole file; a second question does not read again. */
    String digest(String name) throws IOException {
      String known = digests.get(name);
      if (known != null) {
        return known;
      }
      MessageDigest digest = sha256();
      try (FileChannel in = open(name)) {
        ByteBuffer view = ByteBuffer.wrap(buffer);
        for (int n; (n = in.read(view.clear())) > 0; ) {
          digest.update(buffer, 0, n);
          advance(n, name);
        }
      }
      String value = hex(digest.digest());
      digests.put(name, value);
      return value;
    }

    private void advance(int bytes, String name) {
      done += bytes;
      long now = System.nanoTime();
      if (now - told >= 500_000_000L) {
        told = now;
        progress.println("progress " + done + " " + Math.max(all, done) + " " + printable(name));
      }
    }
  }

  // ---------------------------------------------------------------------------------------------
  // Text: one valid way to write it
  // ---------------------------------------------------------------------------------------------

  /** The lines of a statement: ASCII, LF at the end of each, none empty. */
  static final class Lines {
    private static final int MOST = 4_000_000;

    private final String[] lines;
    private int at;

    Lines(byte[] bytes) throws Refused {
      if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
        throw new Refused("does not end with a line feed");
      }
      int count = 0;
      for (byte b : bytes) {
        if (b == '\n') {
          count++;
        } else if (b < 0x20 || b > 0x7e) {
          throw new Refused("has a byte outside printable ASCII");
        }
      }
      if (count > MOST) {
        throw new Refused("has more than " + MOST + " lines");
      }
      lines = new String(bytes, 0, bytes.length - 1, StandardCharsets.US_ASCII).split("\n", -1);
    }

    boolean atEnd() {
      return at == lines.length;
    }

    boolean ahead(String word) {
      return at < lines.length && lines[at].startsWith(word + " ");
    }

    String raw() throws Refused {
      if (atEnd()) {
        throw new Refused("ends too early");
      }
      return lines[at++];
    }

    /** The parts of the next line, which must match: a first word and the groups behind it. */
    String[] next(Pattern form) throws Refused {
      String line = raw();
      Matcher matcher = form.matcher(line);
      if (!matcher.matches()) {
        throw new Refused("line " + at + " is not as it must be: '" + cut(line) + "'");
      }
      String[] parts = new String[matcher.groupCount()];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = matcher.group(i + 1);
      }
      return parts;
    }

    void end() throws Refused {
      if (!raw().equals("end") || !atEnd()) {
        throw new Refused("does not end with the line 'end'");
      }
    }
  }

  private static final String N = "(0|[1-9][0-9]{0,18})";
  private static final String HASH = "([0-9a-f]{64})";
  private static final String TIME =
      "([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z)";
  private static final String SEGMENT =
      "([a-z0-9-]{1,32}/[0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9]{20}\\.emj)";
  private static final String ZEROS = "0".repeat(64);

  private static Pattern form(String form) {
    return Pattern.compile(form);
  }

  private static long number(String text) throws Refused {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Refused("the number " + cut(text) + " is too large");
    }
  }

  private static Instant time(String text) throws Refused {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new Refused("there is no such time: " + text);
    }
  }

  private static LocalDate date(String text) throws Refused {
    try {
      return LocalDate.parse(text.replace('/', '-'));
    } catch (DateTimeException e) {
      throw new Refused("there is no such day: " + text);
    }
  }

  private static ZoneId zone(String text) throws Refused {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new Refused("there is no such time zone: " + cut(text));
    }
  }

  private static String directory(LocalDate day) {
    return String.format(
        Locale.ROOT, "%04d/%02d/%02d", day.getYear(), day.getMonthValue(), day.getDayOfMonth());
  }

  private static String cut(String text) {
    return printable(text.length() > 120 ? text.substring(0, 120) + "..." : text);
  }

  /** Control characters could change what a terminal shows. */
  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c < 0x20 || (c >= 0x7f && c < 0xa0) ? '?' : c);
    }
    return out.toString();
  }

  private static String hex(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length * 2);
    for (byte b : bytes) {
      out.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return out.toString();
  }

  private static MessageDigest sha256() {
    return digest("SHA-256");
  }

  private static byte[] sha256(byte[] bytes) {
    return sha256().digest(bytes);
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What {@code archive.txt} says was exported. */
  static final class Window {
    private static final Window ALL = new Window(LocalDate.MIN, LocalDate.MAX, null);

    final LocalDate from;
    final LocalDate to;
    final long[] checkpoints;

    /** What the maker says is not in it: journal, or audit. */
    final Set<String> leftOut = new HashSet<>();

    Window(LocalDate from, LocalDate to, long[] checkpoints) {
      this.from = from;
      this.to = to;
      this.checkpoints = checkpoints;
    }

    static Window read(Tree tree, Report report) throws IOException, Refused {
      if (!tree.has("archive.txt") || !tree.has("MANIFEST.sha256")) {
        throw new Refused("this is no archive: archive.txt or MANIFEST.sha256 is missing");
      }
      try {
        Lines lines = new Lines(tree.bytes("archive.txt"));
        lines.next(form("emanet-archive 1"));
        String made = lines.next(form("made " + TIME))[0];
        String zone = lines.next(form("zone ([A-Za-z0-9/_+-]{1,64})"))[0];
        LocalDate from = date(lines.next(form("from ([0-9]{4}-[0-9]{2}-[0-9]{2})"))[0]);
        LocalDate to = date(lines.next(form("to ([0-9]{4}-[0-9]{2}-[0-9]{2})"))[0]);
        String[] numbers = lines.next(form("checkpoints " + N + " " + N));
        Window window =
            new Window(from, to, new long[] {number(numbers[0]), number(numbers[1])});
        if (lines.ahead("left-out")) {
          window.leftOut.add(lines.next(form("left-out (journal|audit)"))[0]);
        }
        lines.end();
        report.ok(
            "archive of the days " + from + " to " + to + " (" + zone(zone) + "), made " + time(made));
        for (String part : window.leftOut) {
          report.note("the " + part + " is not in this archive: whoever made it left it out");
        }
        return window;
      } catch (Refused e) {
        report.wrong("archive.txt", e.getMessage());
        return ALL;
      }
    }

    /** Whether nothing before these days is looked at. */
    boolean beginsLate() {
      return !from.equals(LocalDate.MIN);
    }

    /** Whether a segment of this path belongs here. */
    boolean holds(String segment) {
      String[] parts = segment.split("/");
      try {
        LocalDate day = date(parts[1] + "-" + parts[2] + "-" + parts[3]);
        return !day.isBefore(from) && !day.isAfter(to);
      } catch (Refused e) {
        return true;
      }
    }
  }

  // ---------------------------------------------------------------------------------------------
  // MANIFEST
  // ---------------------------------------------------------------------------------------------

  /** Every file but the manifest and its signature stands in it, with its digest. */
  static final class Manifest {
    private static final String FILE = "MANIFEST.sha256";

    private final Tree tree;
    private final Trust trust;
    private final Report report;

    Manifest(Tree tree, Trust trust, Report report) {
      this.tree = tree;
      this.trust = trust;
      this.report = report;
    }

    void check() throws IOException {
      byte[] bytes = tree.bytes(FILE);
      int before = report.wrongs;
      try {
        Cms.Signed signed = trust.seal(FILE + ".p7s", tree, bytes);
        report.ok("the manifest is signed by " + Trust.name(signed.signer));
      } catch (Refused e) {
        report.wrong(FILE + ".p7s", e.getMessage());
      }
      Map<String, String> listed;
      try {
        listed = parse(bytes);
      } catch (Refused e) {
        report.wrong(FILE, e.getMessage());
        return;
      }
      for (Map.Entry<String, String> entry : listed.entrySet()) {
        if (!tree.has(entry.getKey())) {
          report.wrong(entry.getKey(), "missing: it stands in the manifest");
          continue;
        }
        report.files++;
        report.bytes += tree.size(entry.getKey());
        if (!tree.digest(entry.getKey()).equals(entry.getValue())) {
          report.wrong(entry.getKey(), "altered: its digest is not the one in the manifest");
        }
      }
      for (String name : tree.sizes.keySet()) {
        if (!listed.containsKey(name) && !name.equals(FILE) && !name.equals(FILE + ".p7s")) {
          report.wrong(name, "inserted: it does not stand in the manifest");
        }
      }
      if (report.wrongs == before) {
        report.ok(listed.size() + " files are those of the manifest, byte for byte");
      }
    }

    private static Map<String, String> parse(byte[] bytes) throws Refused {
      Map<String, String> listed = new LinkedHashMap<>();
      if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
        throw new Refused("does not end with a line feed");
      }
      String last = "";
      String text = new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
      for (String line : text.split("\n", -1)) {
        Matcher matcher = Sum.FORM.matcher(line);
        if (!matcher.matches() || !safe(matcher.group(2))) {
          throw new Refused("a line is not as it must be: '" + cut(line) + "'");
        }
        if (Tree.asBytes(matcher.group(2), last) <= 0) {
          throw new Refused("is not sorted at '" + cut(line) + "'");
        }
        last = matcher.group(2);
        listed.put(last, matcher.group(1));
      }
      return listed;
    }

    private static boolean safe(String path) {
      for (String part : path.split("/", -1)) {
        if (part.isEmpty() || part.equals(".") || part.equals("..")) {
          return false;
        }
      }
      return path.indexOf('\\') < 0;
    }
  }

  /** A line as {@code sha256sum} writes it. */
  static final class Sum {
    static final Pattern FORM = Pattern.compile(HASH + "  ([^\\p{Cntrl}]{1,1024})");

    private Sum() {}
  }

  // ---------------------------------------------------------------------------------------------
  // DER (X.690): only what CMS and RFC 3161 need, and strict
  // ---------------------------------------------------------------------------------------------

  /** Reads elements one after the other; every length is definite, minimal and within bounds. */
  static final class Der {
    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int OID = 0x06;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;
    private static final int DEEPEST = 32;
    private static final byte[] NULL = {5, 0};

    private final byte[] bytes;
    private final int end;
    private final int depth;
    private int at;

    /** Where the element that was read last begins, and where its content begins and ends. */
    private int start;

    private int contentStart;

    private Der(byte[] bytes, int at, int end, int depth) throws Refused {
      if (depth > DEEPEST) {
        throw new Refused("DER is nested too deeply");
      }
      this.bytes = bytes;
      this.at = at;
      this.end = end;
      this.depth = depth;
    }

    static Der of(byte[] bytes) throws Refused {
      return new Der(bytes, 0, bytes.length, 0);
    }

    boolean more() {
      return at < end;
    }

    /** The tag of the next element, -1 at the end. */
    int peek() {
      return at < end ? bytes[at] & 0xff : -1;
    }

    void finished(String what) throws Refused {
      if (at != end) {
        throw new Refused("DER: something stands behind " + what);
      }
    }

    /** Goes over the next element, whatever it is. */
    void skip() throws Refused {
      if (at >= end) {
        throw new Refused("DER ends too early");
      }
      start = at;
      int tag = bytes[at++] & 0xff;
      if ((tag & 0x1f) == 0x1f) {
        throw new Refused("DER has a tag of more than one byte");
      }
      int length = length();
      if (length > end - at) {
        throw new Refused("DER has a length beyond its end");
      }
      contentStart = at;
      at += length;
    }

    private int length() throws Refused {
      if (at >= end) {
        throw new Refused("DER ends too early");
      }
      int first = bytes[at++] & 0xff;
      if (first < 0x80) {
        return first;
      }
      int count = first & 0x7f;
      if (count == 0) {
        throw new Refused("DER has an indefinite length");
      }
      if (count > 4 || count > end - at) {
        throw new Refused("DER has a length beyond its end");
      }
      long length = 0;
      for (int i = 0; i < count; i++) {
        length = length << 8 | (bytes[at++] & 0xff);
      }
      if (length < 0x80 || length >> (8 * (count - 1)) == 0 || length > Integer.MAX_VALUE) {
        throw new Refused("DER has a length that is not minimal");
      }
      return (int) length;
    }

    /** The content of the next element, which must have this tag, to be read on. */
    Der in(int tag) throws Refused {
      expect(tag);
      return new Der(bytes, contentStart, at, depth + 1);
    }

    byte[] content(int tag) throws Refused {
      expect(tag);
      return Arrays.copyOfRange(bytes, contentStart, at);
    }

    /** The next element whole, tag and length included. */
    byte[] element() throws Refused {
      skip();
      return Arrays.copyOfRange(bytes, start, at);
    }

    /** All that is left of this content. */
    byte[] rest() {
      byte[] rest = Arrays.copyOfRange(bytes, at, end);
      at = end;
      return rest;
    }

    private void expect(int tag) throws Refused {
      if (peek() != tag) {
        throw new Refused(
            String.format(Locale.ROOT, "DER has tag %02x where %02x must be", peek(), tag));
      }
      skip();
    }

    BigInteger integer() throws Refused {
      byte[] content = content(INTEGER);
      boolean padded =
          content.length > 1
              && (content[0] == 0 && content[1] >= 0 || content[0] == -1 && content[1] < 0);
      if (content.length == 0 || padded) {
        throw new Refused("DER has an integer that is not minimal");
      }
      return new BigInteger(content);
    }

    String oid() throws Refused {
      byte[] content = content(OID);
      if (content.length == 0 || content.length > 64 || content[content.length - 1] < 0) {
        throw new Refused("DER has a wrong object identifier");
      }
      StringBuilder out = new StringBuilder();
      long value = 0;
      boolean fresh = true;
      for (byte b : content) {
        if (fresh && (b & 0xff) == 0x80 || value > Long.MAX_VALUE >> 8) {
          throw new Refused("DER has a wrong object identifier");
        }
        value = value << 7 | (b & 0x7f);
        fresh = b >= 0;
        if (fresh) {
          if (out.length() == 0) {
            long top = Math.min(value / 40, 2);
            out.append(top).append('.').append(value - top * 40);
          } else {
            out.append('.').append(value);
          }
          value = 0;
        }
      }
      return out.toString();
    }

    /** An AlgorithmIdentifier: the name, and the parameters as they stand. */
    Algorithm algorithm() throws Refused {
      Der sequence = in(SEQUENCE);
      Algorithm algorithm = new Algorithm(sequence.oid(), sequence.rest());
      byte[] parameters = algorithm.parameters;
      boolean none = parameters.length == 0 || Arrays.equals(parameters, NULL);
      if (!none && !algorithm.oid.equals(Algorithm.PSS)) {
        throw new Refused("DER has parameters that " + algorithm.oid + " does not know");
      }
      return algorithm;
    }

    Instant generalizedTime() throws Refused {
      String text = new String(content(GENERALIZED_TIME), StandardCharsets.US_ASCII);
      Matcher matcher = Pattern.compile("([0-9]{14})(?:\\.([0-9]{0,8}[1-9]))?Z").matcher(text);
      if (!matcher.matches()) {
        throw new Refused("DER has a wrong time: " + cut(text));
      }
      try {
        LocalDateTime time =
            LocalDateTime.parse(
                matcher.group(1), DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT));
        String fraction = matcher.group(2) == null ? "" : matcher.group(2);
        int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
        return time.toInstant(ZoneOffset.UTC).plusNanos(nanos);
      } catch (DateTimeException e) {
        throw new Refused("DER has a wrong time: " + cut(text));
      }
    }
  }

  /** Name and parameters of an algorithm. */
  static final class Algorithm {
    static final String PSS = "1.2.840.113549.1.1.10";

    final String oid;
    final byte[] parameters;

    Algorithm(String oid, byte[] parameters) {
      this.oid = oid;
      this.parameters = parameters;
    }

    /** The digest of this name; what is weak is refused. */
    String digest() throws Refused {
      return switch (oid) {
        case "2.16.840.1.101.3.4.2.1" -> "SHA-256";
        case "2.16.840.1.101.3.4.2.2" -> "SHA-384";
        case "2.16.840.1.101.3.4.2.3" -> "SHA-512";
        default -> throw new Refused("the digest " + oid + " is not accepted");
      };
    }

    /** A verifier for this algorithm of signature. */
    Signature signature(PublicKey key, String digest) throws Refused, GeneralSecurityException {
      String name =
          switch (oid) {
            case "1.2.840.10045.4.3.2" -> "SHA256withECDSA";
            case "1.2.840.10045.4.3.3" -> "SHA384withECDSA";
            case "1.2.840.10045.4.3.4" -> "SHA512withECDSA";
            case "1.2.840.113549.1.1.1" -> digest.replace("-", "") + "withRSA";
            case "1.2.840.113549.1.1.11" -> "SHA256withRSA";
            case "1.2.840.113549.1.1.12" -> "SHA384withRSA";
            case "1.2.840.113549.1.1.13" -> "SHA512withRSA";
            case PSS -> "RSASSA-PSS";
            case "1.3.101.112" -> "Ed25519";
            default -> throw new Refused("the signature algorithm " + oid + " is not accepted");
          };
      Signature signature = Signature.getInstance(name);
      if (name.equals("RSASSA-PSS")) {
        AlgorithmParameters pss = AlgorithmParameters.getInstance("RSASSA-PSS");
        try {
          pss.init(parameters);
        } catch (IOException e) {
          throw new Refused("the parameters of RSASSA-PSS are wrong");
        }
        PSSParameterSpec spec = pss.getParameterSpec(PSSParameterSpec.class);
        if (!spec.getDigestAlgorithm().equals(digest)) {
          throw new Refused("RSASSA-PSS uses another digest than the signature");
        }
        signature.setParameter(spec);
      }
      signature.initVerify(key);
      return signature;
    }
  }

  // ---------------------------------------------------------------------------------------------
  // CMS SignedData (RFC 5652) with CAdES baseline attributes, and time stamps (RFC 3161)
  // ---------------------------------------------------------------------------------------------

  /** One SignedData with exactly one signer and signed attributes. */
  static final class Cms {
    private static final String SIGNED_DATA = "1.2.840.113549.1.7.2";
    static final String DATA = "1.2.840.113549.1.7.1";
    static final String TST_INFO = "1.2.840.113549.1.9.16.1.4";
    private static final String CONTENT_TYPE = "1.2.840.113549.1.9.3";
    private static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    private static final String SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
    private static final String SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
    private static final String SIGNATURE_TIME_STAMP = "1.2.840.113549.1.9.16.2.14";

    String contentType;
    byte[] content;
    final List<X509Certificate> certificates = new ArrayList<>();
    private byte[] issuer;
    private BigInteger serial;
    private byte[] keyIdentifier;
    private Algorithm digestAlgorithm;
    private byte[] signedAttributes;
    private final Map<String, byte[]> signed = new HashMap<>();
    private final Map<String, byte[]> unsigned = new HashMap<>();
    private Algorithm signatureAlgorithm;
    private byte[] signature;

    /** What a valid signature says. */
    static final class Signed {
      final X509Certificate signer;
      final List<X509Certificate> others;

      /** The stamp over the signature value inside (CAdES-B-T); null when there is none. */
      final Stamp stamp;

      Signed(X509Certificate signer, List<X509Certificate> others, Stamp stamp) {
        this.signer = signer;
        this.others = others;
        this.stamp = stamp;
      }
    }

    static Cms parse(byte[] der) throws Refused {
      Cms cms = new Cms();
      Der outer = Der.of(der);
      Der info = outer.in(Der.SEQUENCE);
      outer.finished("ContentInfo");
      if (!info.oid().equals(SIGNED_DATA)) {
        throw new Refused("is no SignedData");
      }
      Der explicit = info.in(0xa0);
      info.finished("the content");
      Der data = explicit.in(Der.SEQUENCE);
      explicit.finished("SignedData");
      version(data, 1, 3);
      Der digests = data.in(Der.SET);
      byte[] digest = digests.element();
      digests.finished("the one digest");
      Der encapsulated = data.in(Der.SEQUENCE);
      cms.contentType = encapsulated.oid();
      if (encapsulated.more()) {
        Der tagged = encapsulated.in(0xa0);
        cms.content = tagged.content(Der.OCTETS);
        tagged.finished("the content");
      }
      encapsulated.finished("the content");
      if (data.peek() == 0xa0) {
        cms.readCertificates(data.in(0xa0));
      }
      if (data.peek() == 0xa1) {
        data.skip();
      }
      Der signers = data.in(Der.SET);
      data.finished("SignedData");
      cms.readSigner(signers.in(Der.SEQUENCE));
      signers.finished("the one signer");
      if (!Der.of(digest).algorithm().oid.equals(cms.digestAlgorithm.oid)) {
        throw new Refused("announces another digest than the signer uses");
      }
      return cms;
    }

    private static void version(Der in, int one, int other) throws Refused {
      int version = in.integer().intValue();
      if (version != one && version != other) {
        throw new Refused("has the unknown version " + version);
      }
    }

    private void readCertificates(Der set) throws Refused {
      while (set.more()) {
        if (set.peek() != Der.SEQUENCE || certificates.size() == 32) {
          throw new Refused("has certificates of an odd kind or number");
        }
        certificates.add(Trust.certificate(set.element()));
      }
    }

    private void readSigner(Der signer) throws Refused {
      boolean byIssuer = signer.integer().equals(BigInteger.ONE);
      if (byIssuer) {
        Der identifier = signer.in(Der.SEQUENCE);
        issuer = identifier.element();
        serial = identifier.integer();
        identifier.finished("the signer's identifier");
      } else {
        keyIdentifier = signer.content(0x80);
      }
      digestAlgorithm = signer.algorithm();
      if (signer.peek() != 0xa0) {
        throw new Refused("has no signed attributes");
      }
      signedAttributes = signer.element();
      readAttributes(Der.of(signedAttributes).in(0xa0), signed);
      signatureAlgorithm = signer.algorithm();
      signature = signer.content(Der.OCTETS);
      if (signer.peek() == 0xa1) {
        readAttributes(signer.in(0xa1), unsigned);
      }
      signer.finished("the signer");
    }

    private static void readAttributes(Der set, Map<String, byte[]> into) throws Refused {
      while (set.more()) {
        Der attribute = set.in(Der.SEQUENCE);
        String name = attribute.oid();
        Der values = attribute.in(Der.SET);
        attribute.finished("an attribute");
        byte[] value = values.element();
        if (values.more() || into.put(name, value) != null || into.size() > 64) {
          throw new Refused("has the attribute " + name + " more than once");
        }
      }
    }

    /**
     * Checks the signature over a content, without saying anything about trust.
     *
     * @param known certificates that the signer may be among, when they are not inside
     */
    Signed verify(byte[] over, Collection<X509Certificate> known) throws Refused {
      X509Certificate signer = signer(known);
      String digest = digestAlgorithm.digest();
      if (!Arrays.equals(value(CONTENT_TYPE), oidElement(contentType))) {
        throw new Refused("the signed content type is another one");
      }
      byte[] stated = Der.of(value(MESSAGE_DIGEST)).content(Der.OCTETS);
      if (!MessageDigest.isEqual(stated, digest(digest).digest(over))) {
        throw new Refused("the signature is over other content: what it signs was altered");
      }
      checkSigningCertificate(signer);
      strong(signer.getPublicKey());
      byte[] attributes = signedAttributes.clone();
      attributes[0] = Der.SET;
      try {
        Signature verifier = signatureAlgorithm.signature(signer.getPublicKey(), digest);
        verifier.update(attributes);
        if (!verifier.verify(signature)) {
          throw new Refused("the signature is not valid");
        }
      } catch (GeneralSecurityException e) {
        throw new Refused("the signature is not valid: " + e.getMessage());
      }
      Stamp stamp = null;
      byte[] token = unsigned.get(SIGNATURE_TIME_STAMP);
      if (token != null) {
        try {
          stamp = Stamp.token(token, signature, known);
        } catch (Refused e) {
          throw new Refused("the time stamp inside: " + e.getMessage());
        }
      }
      return new Signed(signer, certificates, stamp);
    }

    private byte[] value(String attribute) throws Refused {
      byte[] value = signed.get(attribute);
      if (value == null) {
        throw new Refused("the signed attribute " + attribute + " is missing");
      }
      return value;
    }

    private X509Certificate signer(Collection<X509Certificate> known) throws Refused {
      // Certificates inside are not signed: when there are any, the signer's must be among them.
      for (X509Certificate certificate : certificates.isEmpty() ? known : certificates) {
        boolean same =
            issuer != null
                ? serial.equals(certificate.getSerialNumber())
                    && Arrays.equals(issuer, certificate.getIssuerX500Principal().getEncoded())
                : hasKeyIdentifier(certificate);
        if (same) {
          return certificate;
        }
      }
      throw new Refused("the signer's certificate is not there");
    }

    private boolean hasKeyIdentifier(X509Certificate certificate) throws Refused {
      byte[] extension = certificate.getExtensionValue("2.5.29.14");
      return extension != null
          && Arrays.equals(
              Der.of(Der.of(extension).content(Der.OCTETS)).content(Der.OCTETS), keyIdentifier);
    }

    /** ESS signing-certificate (v2): the signature names its certificate by digest. */
    private void checkSigningCertificate(X509Certificate signer) throws Refused {
      byte[] v2 = signed.get(SIGNING_CERTIFICATE_V2);
      byte[] v1 = signed.get(SIGNING_CERTIFICATE);
      if (v2 == null && v1 == null) {
        throw new Refused("the signed attribute signing-certificate is missing");
      }
      Der first = Der.of(v2 != null ? v2 : v1).in(Der.SEQUENCE).in(Der.SEQUENCE).in(Der.SEQUENCE);
      String digest = v2 != null ? "SHA-256" : "SHA-1"; // RFC 2634 knows SHA-1 only
      if (v2 != null && first.peek() == Der.SEQUENCE) {
        digest = first.algorithm().digest();
      }
      if (!Arrays.equals(
          first.content(Der.OCTETS), digest(digest).digest(Trust.encoded(signer)))) {
        throw new Refused("signing-certificate names another certificate");
      }
    }

    private static void strong(PublicKey key) throws Refused {
      if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < 2048
          || key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() < 256) {
        throw new Refused("the signer's key is too short");
      }
    }

    private static byte[] oidElement(String oid) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      String[] parts = oid.split("\\.");
      base128(Long.parseLong(parts[0]) * 40 + Long.parseLong(parts[1]), out);
      for (int i = 2; i < parts.length; i++) {
        base128(Long.parseLong(parts[i]), out);
      }
      byte[] content = out.toByteArray();
      byte[] element = new byte[content.length + 2];
      element[0] = Der.OID;
      element[1] = (byte) content.length;
      System.arraycopy(content, 0, element, 2, content.length);
      return element;
    }

    private static void base128(long value, ByteArrayOutputStream out) {
      for (int shift = 56; shift > 0; shift -= 7) {
        if (value >> shift != 0) {
          out.write((int) (value >> shift & 0x7f | 0x80));
        }
      }
      out.write((int) (value & 0x7f));
    }
  }

  /** A time stamp: somebody else says that these bytes existed at a time. */
  static final class Stamp {
    final Instant time;
    final X509Certificate authority;
    final List<X509Certificate> others;

    private Stamp(Instant time, X509Certificate authority, List<X509Certificate> others) {
      this.time = time;
      this.authority = authority;
      this.others = others;
    }

    /** Reads a TimeStampResp over some bytes. */
    static Stamp response(byte[] der, byte[] over, Collection<X509Certificate> known)
        throws Refused {
      Der outer = Der.of(der);
      Der response = outer.in(Der.SEQUENCE);
      outer.finished("the response");
      BigInteger status = response.in(Der.SEQUENCE).integer();
      if (!status.equals(BigInteger.ZERO) && !status.equals(BigInteger.ONE)) {
        throw new Refused("the authority refused to stamp, status " + status);
      }
      byte[] token = response.element();
      response.finished("the token");
      return token(token, over, known);
    }

    static Stamp token(byte[] der, byte[] over, Collection<X509Certificate> known) throws Refused {
      Cms cms = Cms.parse(der);
      if (!cms.contentType.equals(Cms.TST_INFO) || cms.content == null) {
        throw new Refused("is no time stamp token");
      }
      Cms.Signed signed = cms.verify(cms.content, known);
      Der info = Der.of(cms.content).in(Der.SEQUENCE);
      if (!info.integer().equals(BigInteger.ONE)) {
        throw new Refused("the token has another version");
      }
      info.oid();
      Der imprint = info.in(Der.SEQUENCE);
      String digest = imprint.algorithm().digest();
      if (!MessageDigest.isEqual(imprint.content(Der.OCTETS), digest(digest).digest(over))) {
        throw new Refused("the stamp is over other bytes");
      }
      info.integer();
      Instant time = info.generalizedTime();
      purpose(signed.signer, time);
      return new Stamp(time, signed.signer, signed.others);
    }

    private static void purpose(X509Certificate authority, Instant time) throws Refused {
      try {
        List<String> purposes = authority.getExtendedKeyUsage();
        if (purposes == null
            || !purposes.equals(List.of("1.3.6.1.5.5.7.3.8"))
            || !authority.getCriticalExtensionOIDs().contains("2.5.29.37")) {
          throw new Refused("the stamp's certificate is not for time stamping only");
        }
        authority.checkValidity(Date.from(time));
      } catch (CertificateException e) {
        throw new Refused("the stamp's certificate was not valid at " + time);
      }
    }

    /** Emanet's built-in authority for demonstrations says so in its name. */
    boolean demo() {
      return authority.getSubjectX500Principal().getName().toUpperCase(Locale.ROOT).contains("DEMO");
    }
  }

  /** Who may have signed. */
  static final class Trust {
    private final Set<X509Certificate> anchors;
    private final List<X509Certificate> known;
    private final boolean listed;
    private final Set<X509Certificate> seals;
    private final Report report;
    private final Map<X509Certificate, Set<Boolean>> told = new LinkedHashMap<>();
    private final Map<String, Boolean> chains = new HashMap<>();

    private Trust(
        Set<X509Certificate> anchors,
        List<X509Certificate> known,
        boolean listed,
        Set<X509Certificate> seals,
        Report report) {
      this.anchors = anchors;
      this.known = known;
      this.listed = listed;
      this.seals = seals;
      this.report = report;
    }

    static Trust of(Options options, Tree tree, Report report) throws IOException, Refused {
      Set<X509Certificate> anchors = new HashSet<>();
      for (Path file : options.trust) {
        anchors.addAll(pem(Tree.small(file), file.toString()));
      }
      List<X509Certificate> known = new ArrayList<>(anchors);
      Set<X509Certificate> seals = new HashSet<>();
      String below = options.repository ? "seals/" : "";
      for (String name :
          new String[] {below + "certificates/seal.pem", below + "certificates/tsa.pem"}) {
        if (!tree.has(name)) {
          continue;
        }
        try {
          List<X509Certificate> found = pem(tree.bytes(name), name);
          known.addAll(found);
          if (name.endsWith("seal.pem")) {
            seals.addAll(found);
          }
        } catch (Refused e) {
          report.wrong(name, e.getMessage());
        }
      }
      return new Trust(anchors, known, !options.state, seals, report);
    }

    private static List<X509Certificate> pem(byte[] bytes, String name) throws Refused {
      List<X509Certificate> found = new ArrayList<>();
      try {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (Object each : factory.generateCertificates(new ByteArrayInputStream(bytes))) {
          found.add((X509Certificate) each);
        }
      } catch (CertificateException e) {
        throw new Refused(name + ": no certificates in PEM: " + e.getMessage());
      }
      if (found.isEmpty()) {
        throw new Refused(name + ": no certificate in PEM");
      }
      return found;
    }

    static X509Certificate certificate(byte[] der) throws Refused {
      try {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
      } catch (CertificateException e) {
        throw new Refused("a certificate cannot be read: " + e.getMessage());
      }
    }

    static byte[] encoded(X509Certificate certificate) throws Refused {
      try {
        return certificate.getEncoded();
      } catch (CertificateException e) {
        throw new Refused("a certificate cannot be encoded: " + e.getMessage());
      }
    }

    static String name(X509Certificate certificate) {
      return printable(certificate.getSubjectX500Principal().getName());
    }

    static String fingerprint(X509Certificate certificate) throws Refused {
      return hex(sha256(encoded(certificate)));
    }

    /** Checks a detached machine seal over a content. */
    Cms.Signed seal(String file, Tree tree, byte[] content) throws IOException, Refused {
      if (!tree.has(file)) {
        throw new Refused("missing: nobody signed");
      }
      Cms cms = Cms.parse(tree.bytes(file));
      if (cms.content != null || !cms.contentType.equals(Cms.DATA)) {
        throw new Refused("is not a detached signature");
      }
      Cms.Signed signed = cms.verify(content, known);
      boolean[] usage = signed.signer.getKeyUsage();
      if (usage != null && !usage[0] && !usage[1]) {
        throw new Refused("the signer's certificate is not for signing");
      }
      if (listed && !seals.contains(signed.signer)) {
        throw new Refused("the signer's certificate is not in certificates/seal.pem");
      }
      if (!anchors.isEmpty() && !anchored(signed.signer, signed.others, null)) {
        throw new Refused("the signer " + name(signed.signer) + " is not among the trusted");
      }
      told.computeIfAbsent(signed.signer, c -> new HashSet<>()).add(Boolean.TRUE);
      return signed;
    }

    /** Reads a stamp over a finished signature. */
    Stamp stamp(String file, Tree tree, byte[] over) throws IOException, Refused {
      return Stamp.response(tree.bytes(file), over, known);
    }

    /** Whether the authority is one of the trusted or below one at the time of the stamp. */
    boolean anchored(Stamp stamp) throws Refused {
      return anchored(stamp.authority, stamp.others, stamp.time);
    }

    private boolean anchored(
        X509Certificate certificate, List<X509Certificate> others, Instant when) throws Refused {
      if (anchors.contains(certificate)) {
        return true;
      }
      String key = fingerprint(certificate) + (when == null ? "" : when.getEpochSecond() / 86_400);
      Boolean before = chains.get(key);
      if (before == null) {
        before = chain(certificate, others, when);
        chains.put(key, before);
      }
      return before;
    }

    private boolean chain(X509Certificate certificate, List<X509Certificate> others, Instant when) {
      if (anchors.isEmpty()) {
        return false;
      }
      try {
        Set<TrustAnchor> set = new HashSet<>();
        for (X509Certificate anchor : anchors) {
          set.add(new TrustAnchor(anchor, null));
        }
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(certificate);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(set, target);
        List<X509Certificate> all = new ArrayList<>(others);
        all.addAll(known);
        all.add(certificate);
        parameters.addCertStore(
            CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(
            when != null ? Date.from(when) : certificate.getNotBefore());
        CertPathBuilder.getInstance("PKIX").build(parameters);
        return true;
      } catch (GeneralSecurityException e) {
        return false;
      }
    }

    boolean hasAnchors() {
      return !anchors.isEmpty();
    }

    /** Says at the end whose keys everything rests on. */
    void tell() throws Refused {
      for (X509Certificate signer : told.keySet()) {
        String text =
            "sealed with the key of " + name(signer) + ", certificate SHA-256 " + fingerprint(signer);
        if (anchors.isEmpty()) {
          report.note(text + "; compare it with what the institution tells you, or use --trust");
        } else {
          report.ok(text + ", trusted as you said");
        }
      }
    }
  }

  // ---------------------------------------------------------------------------------------------
  // Checkpoints, daily roots, destruction records
  // ---------------------------------------------------------------------------------------------

  /** What a checkpoint says about one segment. */
  static final class SegmentLine {
    long checkpoint;
    String path;
    boolean closed;
    long bytes;
    long leaves;
    long first;
    long last;
    String root;
    String digest;
  }

  /** One signed statement about everything so far. */
  static final class Checkpoint {
    private static final Pattern HEAD = form("emanet-checkpoint 1");
    private static final Pattern NUMBER = form("number ([1-9][0-9]{0,11})");
    private static final Pattern AT = form("time " + TIME);
    private static final Pattern CAUSE = form("cause (start|tick|segment|asked|stop)");
    private static final Pattern KEY = form("key " + HASH);
    private static final Pattern PREVIOUS = form("previous " + HASH);
    private static final Pattern AUDIT = form("audit " + N + " " + HASH);
    private static final Pattern LINE =
        form(
            "segment " + SEGMENT + " (open|closed) " + N + " " + N + " " + N + " " + N + " " + HASH
                + " (-|[0-9a-f]{64})");
    private static final Pattern DESTROYED =
        form("destroyed " + SEGMENT + " " + HASH + " ([1-9][0-9]{0,11}) " + HASH);
    private static final Pattern STREAM = form("stream ([a-z0-9-]{1,32}) " + N);

    long number;
    Instant time;
    String cause;
    String key;
    String previous;
    long audit;
    String auditHead;
    final List<SegmentLine> segments = new ArrayList<>();
    final Map<String, String[]> destroyed = new TreeMap<>();
    final Map<String, Long> streams = new TreeMap<>();
    String digest;
    String file;

    static Checkpoint parse(byte[] bytes) throws Refused {
      Checkpoint c = new Checkpoint();
      Lines lines = new Lines(bytes);
      lines.next(HEAD);
      c.number = number(lines.next(NUMBER)[0]);
      c.time = time(lines.next(AT)[0]);
      c.cause = lines.next(CAUSE)[0];
      c.key = lines.next(KEY)[0];
      c.previous = lines.next(PREVIOUS)[0];
      String[] audit = lines.next(AUDIT);
      c.audit = number(audit[0]);
      c.auditHead = audit[1];
      String last = "";
      while (lines.ahead("segment")) {
        SegmentLine line = c.segment(lines.next(LINE));
        last = rising(last, line.path);
        c.segments.add(line);
      }
      last = "";
      while (lines.ahead("destroyed")) {
        String[] parts = lines.next(DESTROYED);
        last = rising(last, parts[0]);
        c.destroyed.put(parts[0], parts);
      }
      last = "";
      while (lines.ahead("stream")) {
        String[] parts = lines.next(STREAM);
        last = rising(last, parts[0]);
        c.streams.put(parts[0], number(parts[1]));
      }
      lines.end();
      c.digest = hex(sha256(bytes));
      return c;
    }

    private SegmentLine segment(String[] parts) throws Refused {
      SegmentLine line = new SegmentLine();
      line.checkpoint = number;
      line.path = parts[0];
      line.closed = parts[1].equals("closed");
      line.bytes = number(parts[2]);
      line.leaves = number(parts[3]);
      line.first = number(parts[4]);
      line.last = number(parts[5]);
      line.root = parts[6];
      line.digest = parts[7];
      if (line.closed == line.digest.equals("-")) {
        throw new Refused("a closed segment has no digest, or an open one has: " + line.path);
      }
      return line;
    }

    private static String rising(String last, String next) throws Refused {
      if (next.compareTo(last) <= 0) {
        throw new Refused("is not sorted at " + next);
      }
      return next;
    }
  }

  /** A signed statement about what was destroyed on purpose. */
  static final class Destruction {
    private static final Pattern SEGMENT_LINE =
        form("segment " + SEGMENT + " " + N + " " + N + " " + N + " " + HASH);

    long number;
    Instant time;
    String rule;
    final Map<String, String> segments = new TreeMap<>();
    String digest;

    static Destruction parse(byte[] bytes) throws Refused {
      Destruction d = new Destruction();
      Lines lines = new Lines(bytes);
      lines.next(form("emanet-destruction 1"));
      d.number = number(lines.next(form("number ([1-9][0-9]{0,11})"))[0]);
      d.time = time(lines.next(form("time " + TIME))[0]);
      d.rule = lines.next(form("rule ([a-z0-9-]{1,32} [0-9]{1,6})"))[0];
      lines.next(form("by ([!-~]{1,256})"));
      lines.next(form("reason ([!-~]{0,12288})"));
      while (lines.ahead("segment")) {
        String[] parts = lines.next(SEGMENT_LINE);
        if (d.segments.put(parts[0], parts[4]) != null) {
          throw new Refused("names a segment twice: " + parts[0]);
        }
      }
      lines.end();
      d.digest = hex(sha256(bytes));
      return d;
    }
  }

  /** The root of one day. */
  static final class Root {
    LocalDate day;
    ZoneId zone;
    Instant made;
    long first;
    long last;
    LocalDate previous;

    static Root parse(byte[] bytes) throws Refused {
      Root root = new Root();
      Lines lines = new Lines(bytes);
      lines.next(form("emanet-day 1"));
      root.day = date(lines.next(form("day ([0-9]{4}-[0-9]{2}-[0-9]{2})"))[0]);
      root.zone = zone(lines.next(form("zone ([A-Za-z0-9/_+-]{1,64})"))[0]);
      root.made = time(lines.next(form("made " + TIME))[0]);
      String[] numbers = lines.next(form("checkpoints " + N + " " + N));
      root.first = number(numbers[0]);
      root.last = number(numbers[1]);
      String previous = lines.next(form("previous (-|[0-9]{4}/[0-9]{2}/[0-9]{2})"))[0];
      root.previous = previous.equals("-") ? null : date(previous);
      lines.end();
      return root;
    }
  }

  /** Everything below {@code seals} but the leaves. */
  static final class Seals {
    private static final Pattern FILE =
        form(
            "seals/([0-9]{4}/[0-9]{2}/[0-9]{2})/"
                + "(?:([0-9]{12})\\.(checkpoint|destruction)(\\.p7s)?"
                + "|(day\\.txt|root\\.sha256|root\\.sha256\\.p7s|root\\.sha256\\.p7s\\.tsr))");
    private static final Duration LONGEST = Duration.ofSeconds(330);

    private final Tree tree;
    private final Trust trust;
    private final Report report;
    private final boolean state;

    final NavigableMap<Long, Checkpoint> checkpoints = new TreeMap<>();
    private final Map<Long, Destruction> destructions = new TreeMap<>();
    final Map<String, List<SegmentLine>> segments = new TreeMap<>();
    final Map<String, String> destroyed = new TreeMap<>();
    private final NavigableMap<LocalDate, Set<String>> days = new TreeMap<>();

    /** Segments that are open in the newest checkpoint that was read. */
    private final Set<String> waiting = new HashSet<>();

    private LocalDate newestDay;
    private boolean beginsLate;

    Seals(Tree tree, Trust trust, Report report, boolean state) {
      this.tree = tree;
      this.trust = trust;
      this.report = report;
      this.state = state;
    }

    void check(Window window) throws IOException {
      int before = report.wrongs;
      collect(window);
      chain(window);
      int signed = report.wrongs;
      if (!checkpoints.isEmpty() && signed == before) {
        report.ok(
            "checkpoints " + checkpoints.firstKey() + " to " + checkpoints.lastKey()
                + " are signed and none is missing between them; the first is of "
                + checkpoints.firstEntry().getValue().time + ", the last of "
                + checkpoints.lastEntry().getValue().time);
      }
      roots();
      lines();
      destroyed();
    }

    /**
     * Reads the files of the days; of a state directory those from the first day asked for to the
     * one in which the last of the segments was closed.
     */
    private void collect(Window window) throws IOException {
      for (String name : tree.below("seals/")) {
        if (name.startsWith("seals/leaves/")) {
          continue;
        }
        Matcher matcher = FILE.matcher(name);
        LocalDate day;
        try {
          if (!matcher.matches()) {
            if (!state) {
              report.wrong(name, "inserted: such a file does not belong here");
            }
            continue;
          }
          day = date(matcher.group(1));
        } catch (Refused e) {
          report.wrong(name, e.getMessage());
          continue;
        }
        boolean checkpoint = "checkpoint".equals(matcher.group(3));
        newestDay = checkpoint && (newestDay == null || day.isAfter(newestDay)) ? day : newestDay;
        boolean early = state && day.isBefore(window.from);
        boolean late = state && window.to.isBefore(day.minusDays(1)) && !days.containsKey(day);
        if (early || late && waiting.isEmpty()) {
          continue;
        }
        days.computeIfAbsent(day, d -> new java.util.TreeSet<>()).add(name);
        if (matcher.group(4) != null) {
          String statement = name.substring(0, name.length() - 4);
          if (!tree.has(statement)) {
            report.wrong(statement, "missing: its signature is there");
          }
        } else if (matcher.group(2) != null) {
          collect(name, Long.parseLong(matcher.group(2)), checkpoint);
        }
      }
    }

    private void collect(String name, long number, boolean checkpoint) throws IOException {
      byte[] bytes = tree.bytes(name);
      try {
        Cms.Signed signed = trust.seal(name + ".p7s", tree, bytes);
        if (checkpoint) {
          Checkpoint c = Checkpoint.parse(bytes);
          c.file = name;
          for (SegmentLine line : c.segments) {
            if (line.closed) {
              waiting.remove(line.path);
            } else {
              waiting.add(line.path);
            }
          }
          if (c.number != number || checkpoints.containsKey(number)) {
            throw new Refused("moved: it has the number " + c.number);
          }
          if (!c.key.equals(Trust.fingerprint(signed.signer))) {
            throw new Refused("is signed with another key than it says");
          }
          checkpoints.put(number, c);
        } else {
          Destruction d = Destruction.parse(bytes);
          if (d.number != number || destructions.containsKey(number)) {
            throw new Refused("moved: it has the number " + d.number);
          }
          destructions.put(number, d);
        }
      } catch (Refused e) {
        report.wrong(name, e.getMessage());
      }
    }

    /** Numbers without gap, each with the digest of the one before; time goes on. */
    private void chain(Window window) {
      if (checkpoints.isEmpty()) {
        report.wrong("seals", "there is no valid checkpoint: nothing of these days is sealed");
        return;
      }
      Checkpoint first = checkpoints.firstEntry().getValue();
      if (first.number == 1 && !first.previous.equals(ZEROS)) {
        report.wrong(first.file, "is the first but names one before");
      }
      beginsLate = window.beginsLate();
      if (state && first.number != 1 && !beginsLate) {
        report.wrong("seals", "deleted: checkpoints 1 to " + (first.number - 1) + " are missing");
      }
      long[] bounds = window.checkpoints;
      if (bounds != null && bounds[0] < first.number) {
        missing(bounds[0], first.number - 1);
      }
      if (bounds != null && bounds[1] > checkpoints.lastKey()) {
        missing(checkpoints.lastKey() + 1, bounds[1]);
      }
      Checkpoint before = null;
      for (Checkpoint c : checkpoints.values()) {
        if (before != null) {
          follow(before, c);
        }
        before = c;
      }
    }

    private void missing(long from, long to) {
      report.wrong(
          "seals",
          from == to
              ? "deleted: checkpoint " + from + " is missing or not valid"
              : "deleted: checkpoints " + from + " to " + to + " are missing or not valid");
    }

    private void follow(Checkpoint before, Checkpoint c) {
      if (c.number != before.number + 1) {
        missing(before.number + 1, c.number - 1);
        return;
      }
      if (!c.previous.equals(before.digest)) {
        report.wrong(c.file, "does not name the checkpoint before, " + before.file);
      }
      if (c.audit < before.audit) {
        report.wrong(c.file, "has fewer audit entries than the checkpoint before");
      }
      for (Map.Entry<String, Long> stream : before.streams.entrySet()) {
        Long now = c.streams.get(stream.getKey());
        if (now == null || now < stream.getValue()) {
          report.wrong(c.file, "the stream " + stream.getKey() + " went back");
        }
      }
      Duration distance = Duration.between(before.time, c.time);
      if (distance.isNegative()) {
        report.note(
            "the clock went back by " + distance.negated().toSeconds() + " s between checkpoint "
                + before.number + " (" + before.time + ") and " + c.number + " (" + c.time + ")");
      } else if (distance.compareTo(LONGEST) > 0) {
        report.note(
            "no checkpoint for " + distance.toSeconds() + " s, from " + before.time + " to "
                + c.time + " (checkpoints " + before.number + " and " + c.number + "): "
                + (c.cause.equals("start")
                    ? "the service was started then"
                    : "not explained, cause " + c.cause));
      }
    }

    // ---- daily roots

    private void roots() throws IOException {
      LocalDate lastDay = newestDay;
      int stamped = 0;
      int unstamped = 0;
      LocalDate before = null;
      for (Map.Entry<LocalDate, Set<String>> entry : days.entrySet()) {
        LocalDate day = entry.getKey();
        String directory = "seals/" + directory(day) + "/";
        boolean hasCheckpoints =
            entry.getValue().stream().anyMatch(name -> name.endsWith(".checkpoint"));
        boolean hasRoot = entry.getValue().stream().anyMatch(name -> name.contains("root.sha256"))
            || tree.has(directory + "day.txt");
        if (!hasRoot) {
          if (hasCheckpoints && !day.equals(lastDay)) {
            report.wrong(directory + "root.sha256", "missing: the day has no root");
          } else if (hasCheckpoints) {
            report.note(
                "day " + day + " has no root: it was not over, or its root was not made yet; its"
                    + " checkpoints are signed, and not time-stamped");
          }
          continue;
        }
        if (root(day, directory, entry.getValue(), before, hasCheckpoints)) {
          stamped++;
        } else {
          unstamped++;
        }
        before = day;
      }
      if (stamped + unstamped > 0) {
        report.ok(stamped + " daily roots are time-stamped, " + unstamped + " are not");
      }
    }

    /** Checks one day's root and says whether it has a valid stamp. */
    private boolean root(
        LocalDate day, String directory, Set<String> files, LocalDate before, boolean whole)
        throws IOException {
      String list = directory + "root.sha256";
      if (!tree.has(list)) {
        report.wrong(list, "missing: the day has no root");
        return false;
      }
      byte[] bytes = tree.bytes(list);
      Instant lastTime = null;
      // The root before the archive's days stands alone, as the end of the chain.
      boolean alone = before == null && !whole && !state;
      if (!alone) {
        try {
          Root root = day(day, directory, before);
          Checkpoint last = checkpoints.get(root.last);
          lastTime = last == null ? null : last.time;
          content(root, directory, files, bytes);
        } catch (Refused e) {
          report.wrong(directory + "day.txt", e.getMessage());
        }
      }
      return signature(day, list, bytes, lastTime);
    }

    private Root day(LocalDate day, String directory, LocalDate before)
        throws IOException, Refused {
      if (!tree.has(directory + "day.txt")) {
        throw new Refused("missing: the day has no statement");
      }
      Root root = Root.parse(tree.bytes(directory + "day.txt"));
      if (!root.day.equals(day)) {
        throw new Refused("moved: it is the statement of " + root.day);
      }
      if (before != null && !before.equals(root.previous)
          || before == null && state && !beginsLate && root.previous != null) {
        throw new Refused("names " + root.previous + " as the root before, and there is " + before);
      }
      for (Checkpoint c : checkpoints.values()) {
        boolean inside = c.number >= root.first && c.number <= root.last;
        boolean here = c.file.startsWith(directory);
        if (inside != here) {
          throw new Refused("checkpoint " + c.number + " is not where the day says");
        }
        LocalDate shown = c.time.atZone(root.zone).toLocalDate();
        Checkpoint earlier = checkpoints.get(c.number - 1);
        if (here && shown.isAfter(day)
            || here && shown.isBefore(day) && earlier != null && !clockWasBack(earlier, day)) {
          report.wrong(c.file, "moved: its time " + c.time + " is of another day");
        }
      }
      return root;
    }

    /** A clock that shows an earlier day than the chain has reached goes on in the chain's days. */
    private static boolean clockWasBack(Checkpoint earlier, LocalDate day) {
      return earlier.file.startsWith("seals/" + directory(day) + "/")
          || earlier.file.startsWith("seals/" + directory(day.minusDays(1)) + "/");
    }

    /** The list has a right line for every statement of the day and for the root before. */
    private void content(Root root, String directory, Set<String> files, byte[] bytes)
        throws IOException {
      Set<String> expected = new HashSet<>();
      for (String name : files) {
        if (name.endsWith(".checkpoint") || name.endsWith(".destruction")
            || name.endsWith("day.txt")) {
          expected.add(name.substring(directory.length()));
        }
      }
      String up = root.previous == null
          ? null
          : "../../../" + directory(root.previous) + "/root.sha256";
      if (up != null) {
        expected.add(up);
      }
      String list = directory + "root.sha256";
      String last = "";
      for (String line : new String(bytes, StandardCharsets.US_ASCII).split("\n", -1)) {
        if (line.isEmpty()) {
          continue;
        }
        Matcher matcher = Sum.FORM.matcher(line);
        if (!matcher.matches() || matcher.group(2).compareTo(last) <= 0) {
          report.wrong(list, "a line is not as it must be: '" + cut(line) + "'");
          continue;
        }
        last = matcher.group(2);
        String file = last.equals(up)
            ? "seals/" + directory(root.previous) + "/root.sha256"
            : directory + last;
        if (!expected.remove(last)) {
          report.wrong(file, "missing: the root of " + root.day + " names it");
        } else if (!tree.has(file)) {
          report.wrong(file, "missing: the root of " + root.day + " names it");
        } else if (!tree.digest(file).equals(matcher.group(1))) {
          report.wrong(file, "altered: the root of " + root.day + " has another digest");
        }
      }
      if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
        report.wrong(list, "does not end with a line feed");
      }
      for (String name : expected) {
        report.wrong(directory + name, "inserted: the root of " + root.day + " does not name it");
      }
    }

    private boolean signature(LocalDate day, String list, byte[] bytes, Instant lastTime)
        throws IOException {
      String p7s = list + ".p7s";
      Cms.Signed signed;
      try {
        signed = trust.seal(p7s, tree, bytes);
      } catch (Refused e) {
        report.wrong(p7s, e.getMessage());
        return false;
      }
      if (signed.stamp != null) {
        stamped("the signature of day " + day + " is stamped", p7s, signed.stamp, lastTime);
      }
      String tsr = p7s + ".tsr";
      if (!tree.has(tsr)) {
        report.note("day " + day + " is NOT STAMPED: only the machine's own clock says when");
        return false;
      }
      try {
        Stamp stamp = trust.stamp(tsr, tree, tree.bytes(p7s));
        stamped("day " + day + " is stamped", tsr, stamp, lastTime);
        return true;
      } catch (Refused e) {
        report.wrong(tsr, e.getMessage());
        return false;
      }
    }

    private void stamped(String what, String file, Stamp stamp, Instant lastTime) {
      String text = what + ": " + stamp.time + " by " + Trust.name(stamp.authority);
      if (lastTime != null && stamp.time.isBefore(lastTime.minusSeconds(600))) {
        report.wrong(file, "the stamp of " + stamp.time + " is older than what it covers");
      }
      boolean anchored;
      try {
        anchored = trust.anchored(stamp);
      } catch (Refused e) {
        anchored = false;
      }
      if (stamp.demo()) {
        report.note(text + " - a DEMO authority: this proves nothing to others");
      } else if (trust.hasAnchors() && anchored) {
        report.ok(text + ", trusted as you said");
      } else {
        report.note(text + "; whether that authority is genuine is not checked: use --trust");
      }
    }

    // ---- segments and destruction

    private void lines() {
      for (Checkpoint c : checkpoints.values()) {
        for (SegmentLine line : c.segments) {
          List<SegmentLine> all = segments.computeIfAbsent(line.path, p -> new ArrayList<>());
          if (!all.isEmpty()) {
            SegmentLine last = all.get(all.size() - 1);
            if (last.closed
                || line.bytes < last.bytes
                || line.leaves < last.leaves
                || line.first != last.first
                || line.last < last.last) {
              report.wrong(c.file, "contradicts checkpoint " + last.checkpoint + " on " + line.path);
            }
          }
          all.add(line);
        }
      }
    }

    private void destroyed() {
      for (Checkpoint c : checkpoints.values()) {
        for (String[] parts : c.destroyed.values()) {
          long number = Long.parseLong(parts[2]);
          Destruction record = destructions.get(number);
          if (record == null) {
            report.wrong(c.file, "names the destruction record " + number + ", which is missing");
          } else if (!record.digest.equals(parts[3])
              || !parts[1].equals(record.segments.get(parts[0]))) {
            report.wrong(c.file, "names another destruction record " + number + " than there is");
          }
          List<SegmentLine> lines = segments.get(parts[0]);
          if (lines != null && !lines.get(lines.size() - 1).digest.equals(parts[1])) {
            report.wrong(c.file, "destroyed " + parts[0] + " with another digest than was sealed");
          }
          destroyed.put(parts[0], "record " + number + ", checkpoint " + c.number);
        }
      }
      for (Destruction record : destructions.values()) {
        for (String path : record.segments.keySet()) {
          destroyed.putIfAbsent(
              path, "record " + record.number + " of " + record.time + ", rule " + record.rule);
        }
      }
    }

    void expect(Options options) {
      if (options.expectDigest == null || checkpoints.isEmpty()) {
        return;
      }
      long number = options.expectNumber;
      Checkpoint c = checkpoints.get(number);
      if (c != null && c.digest.equals(options.expectDigest)) {
        report.ok("checkpoint " + number + " is the one you expect");
      } else if (c != null) {
        report.wrong(c.file, "is not the checkpoint " + number + " that you expect");
      } else if (number > checkpoints.lastKey()) {
        report.wrong(
            "seals",
            "cut off: you expect checkpoint " + number + ", the last here is "
                + checkpoints.lastKey());
      } else if (number < checkpoints.firstKey()) {
        report.note("checkpoint " + number + " that you expect is before this archive");
      } else {
        report.wrong("seals", "deleted: checkpoint " + number + " that you expect");
      }
    }
  }

  // ---------------------------------------------------------------------------------------------
  // Leaves and segments
  // ---------------------------------------------------------------------------------------------

  /** Merkle tree hash of RFC 6962, section 2.1, for every number of leaves from 1 on. */
  static final class Merkle {
    private final MessageDigest sha = sha256();

    /** Roots of the complete subtrees from the left, the largest first. */
    private final List<byte[]> subtrees = new ArrayList<>();

    private long count;

    void add(byte[] bytes, int from, int length) {
      sha.update((byte) 0);
      sha.update(bytes, from, length);
      byte[] node = sha.digest();
      for (long bit = count; (bit & 1) == 1; bit >>= 1) {
        node = node(subtrees.remove(subtrees.size() - 1), node);
      }
      subtrees.add(node);
      count++;
    }

    /** The root over all leaves so far. */
    String root() {
      if (subtrees.isEmpty()) {
        return hex(sha256(new byte[0]));
      }
      byte[] root = subtrees.get(subtrees.size() - 1);
      for (int i = subtrees.size() - 2; i >= 0; i--) {
        root = node(subtrees.get(i), root);
      }
      return hex(root);
    }

    private byte[] node(byte[] left, byte[] right) {
      sha.update((byte) 1);
      sha.update(left);
      sha.update(right);
      return sha.digest();
    }
  }

  /** The entries of a leaf file: which range of the segment's bytes has which digest. */
  static final class Leaves {
    static final int HEADER = 16;
    static final int ENTRY = 56;
    private static final byte[] START = {
      (byte) 0xE5, 0x4D, 0x4C, 0x56, 0x0D, 0x0A, 0x1A, 0x0A, 0, 1, 0, ENTRY, 0, 0, 0, 0
    };

    private final byte[] bytes;
    private final ByteBuffer view;
    final int size;

    private Leaves(byte[] bytes, int size) {
      this.bytes = bytes;
      this.view = ByteBuffer.wrap(bytes);
      this.size = size;
    }

    /** Takes a leaf file apart; what the entries say is not checked here. */
    static Leaves of(byte[] file) throws Refused {
      if (file.length < HEADER || !Arrays.equals(file, 0, HEADER, START, 0, HEADER)) {
        throw new Refused("altered: it has no valid header of a leaf file");
      }
      return new Leaves(file, (file.length - HEADER) / ENTRY);
    }

    /** Makes the leaves again from a segment's bytes, by the chunks that are valid in it. */
    static Leaves again(byte[] segment) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(START);
      int at = 0;
      long next = 1;
      int size = 0;
      for (int chunk = Chunk.next(segment, 0); chunk >= 0; chunk = Chunk.next(segment, at)) {
        int end = chunk + Chunk.length(segment, chunk);
        long first = Chunk.view(segment).getLong(chunk + 12);
        int records = Chunk.view(segment).getInt(chunk + 20);
        entry(out, segment, at, end, first, records);
        next = first + records;
        at = end;
        size++;
      }
      if (at < segment.length) {
        entry(out, segment, at, segment.length, next, 0);
        size++;
      }
      return new Leaves(out.toByteArray(), size);
    }

    private static void entry(
        ByteArrayOutputStream out, byte[] segment, int at, int end, long first, int records) {
      MessageDigest sha = sha256();
      sha.update(segment, at, end - at);
      ByteBuffer entry = ByteBuffer.allocate(ENTRY);
      entry.putLong(at).putInt(end - at).putLong(first).putInt(records).put(sha.digest());
      out.writeBytes(entry.array());
    }

    private int at(int leaf) {
      return HEADER + leaf * ENTRY;
    }

    long offset(int leaf) {
      return view.getLong(at(leaf));
    }

    int length(int leaf) {
      return view.getInt(at(leaf) + 8);
    }

    long first(int leaf) {
      return view.getLong(at(leaf) + 12);
    }

    int records(int leaf) {
      return view.getInt(at(leaf) + 20);
    }

    String digest(int leaf) {
      return hex(Arrays.copyOfRange(bytes, at(leaf) + 24, at(leaf) + ENTRY));
    }

    boolean hasDigest(int leaf, byte[] digest) {
      return Arrays.equals(bytes, at(leaf) + 24, at(leaf) + ENTRY, digest, 0, 32);
    }

    boolean sameEntry(int leaf, Leaves other) {
      int at = at(leaf);
      return leaf < other.size && Arrays.equals(bytes, at, at + ENTRY, other.bytes, at, at + ENTRY);
    }

    /** How many of the lines, from the first on, have the root of these leaves. */
    int linesThatFit(List<SegmentLine> lines) {
      Merkle merkle = new Merkle();
      int done = 0;
      for (int i = 0; i < lines.size(); i++) {
        SegmentLine line = lines.get(i);
        if (line.leaves > size) {
          return i;
        }
        for (; done < line.leaves; done++) {
          merkle.add(bytes, at(done), ENTRY);
        }
        if (!merkle.root().equals(line.root)) {
          return i;
        }
      }
      return lines.size();
    }

    /** Whether the first leaves lie back to back over so many bytes, in the order of sequences. */
    void mustCover(SegmentLine line) throws Refused {
      long at = 0;
      long next = line.first;
      for (int i = 0; i < line.leaves; i++) {
        if (offset(i) != at || length(i) < 1 || records(i) < 0 || first(i) < next) {
          throw new Refused("entry " + (i + 1) + " does not follow the one before");
        }
        at += length(i);
        next = first(i) + records(i);
      }
      if (at != line.bytes || line.leaves > 0 && next != line.last + 1) {
        throw new Refused("is not about the bytes and records that checkpoint " + line.checkpoint
            + " names");
      }
    }
  }

  /** Where chunks begin in a segment; see the page "Journal format, version 1". */
  static final class Chunk {
    static final int SEGMENT_HEADER = 128;
    static final int FRAME_HEADER = 40;
    static final int HEADER = 48;
    private static final int SEGMENT_MAGIC = 0xE54D4A53;
    private static final int FRAME_MAGIC = 0xE54D4A46;
    private static final int MAGIC = 0xE54D4A43;
    private static final int MOST = 529_408;

    private Chunk() {}

    static ByteBuffer view(byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }

    static boolean segmentHeader(byte[] bytes, int at) {
      return magic(bytes, at, SEGMENT_MAGIC);
    }

    static boolean frameHeader(byte[] bytes, int at) {
      return magic(bytes, at, FRAME_MAGIC);
    }

    private static boolean magic(byte[] bytes, int at, int magic) {
      return at >= 0
          && at + 4 <= bytes.length
          && bytes[at] == (byte) (magic >> 24)
          && bytes[at + 1] == (byte) (magic >> 16)
          && bytes[at + 2] == (byte) (magic >> 8)
          && bytes[at + 3] == (byte) magic;
    }

    /** Length of the chunk that begins here, 0 when none does or it does not fit. */
    static int length(byte[] bytes, int at) {
      if (!magic(bytes, at, MAGIC) || at + HEADER > bytes.length) {
        return 0;
      }
      int stored = view(bytes).getInt(at + 28);
      return stored < 1 || stored > MOST || stored > bytes.length - at - HEADER
          ? 0
          : HEADER + stored;
    }

    static boolean lastOfFrame(byte[] bytes, int at) {
      return (bytes[at + 35] & 1) == 1;
    }

    /** The first chunk from here on whose check sums are right, -1 when there is none. */
    static int next(byte[] bytes, int from) {
      for (int at = from; at + HEADER < bytes.length; at++) {
        int length = length(bytes, at);
        if (length > 0 && sound(bytes, at, length)) {
          return at;
        }
      }
      return -1;
    }

    private static boolean sound(byte[] bytes, int at, int length) {
      CRC32C crc = new CRC32C();
      crc.update(bytes, at, 40);
      if ((int) crc.getValue() != view(bytes).getInt(at + 40)) {
        return false;
      }
      crc.update(bytes, at + 40, 4);
      crc.update(bytes, at + HEADER, length - HEADER);
      return (int) crc.getValue() == view(bytes).getInt(at + 44);
    }
  }

  /** Compares every segment with what was sealed. */
  static final class Segments {
    private static final Pattern FILE = form("journal/" + SEGMENT);
    private static final Pattern LEAF_FILE = form("seals/leaves/(.+)\\.leaves");

    private final Tree tree;
    private final Seals seals;
    private final Report report;
    private final Options options;

    Segments(Tree tree, Seals seals, Report report, Options options) {
      this.tree = tree;
      this.seals = seals;
      this.report = report;
      this.options = options;
    }

    void check(Window window) throws IOException {
      int before = report.wrongs;
      int checked = 0;
      long bytes = 0;
      for (Map.Entry<String, List<SegmentLine>> entry : seals.segments.entrySet()) {
        List<SegmentLine> lines = entry.getValue();
        boolean there = tree.has("journal/" + entry.getKey());
        if (there) {
          segment(entry.getKey(), lines);
          checked++;
          bytes += lines.get(lines.size() - 1).bytes;
        } else if (window.holds(entry.getKey()) && !window.leftOut.contains("journal")) {
          missing(entry.getKey(), lines);
        }
      }
      strangers();
      if (window.leftOut.contains("journal") && (checked > 0 || !tree.below("text/").isEmpty())) {
        report.wrong("archive.txt", "says that the journal was left out, and it is there");
      }
      if (report.wrongs == before && !window.leftOut.contains("journal")) {
        report.ok(checked + " segments, " + bytes + " sealed bytes, are as they were sealed");
      }
    }

    private void missing(String path, List<SegmentLine> lines) {
      SegmentLine last = lines.get(lines.size() - 1);
      String what = "sequences " + last.first + " to " + last.last;
      String destroyed = seals.destroyed.get(path);
      if (destroyed != null) {
        report.note("journal/" + path + " was destroyed by rule: " + what + ", " + destroyed);
      } else {
        report.wrong(
            "journal/" + path, "deleted: " + what + " are missing, without a destruction record");
      }
    }

    private void strangers() {
      Map<String, Long> sealed =
          seals.checkpoints.isEmpty()
              ? Map.of()
              : seals.checkpoints.lastEntry().getValue().streams;
      for (String name : tree.below("journal/")) {
        Matcher matcher = FILE.matcher(name);
        if (!matcher.matches()) {
          if (!options.state) {
            report.wrong(name, "inserted: such a file does not belong here");
          }
        } else if (!seals.segments.containsKey(matcher.group(1))) {
          long first = Long.parseLong(name.substring(name.length() - 23, name.length() - 4).trim());
          String stream = name.split("/")[1];
          if (options.state && first > sealed.getOrDefault(stream, 0L)) {
            report.note(name + " is not sealed yet: it began after the last checkpoint");
          } else {
            report.wrong(name, "inserted: no checkpoint names this segment");
          }
        }
      }
      for (String name : tree.below("seals/leaves/")) {
        Matcher matcher = LEAF_FILE.matcher(name);
        if (!options.state
            && (!matcher.matches() || !seals.segments.containsKey(matcher.group(1) + ".emj"))) {
          report.wrong(name, "inserted: no checkpoint names its segment");
        }
      }
    }

    private void segment(String path, List<SegmentLine> lines) throws IOException {
      String file = "journal/" + path;
      SegmentLine last = lines.get(lines.size() - 1);
      if (options.state) {
        report.files++;
        report.bytes += tree.size(file);
      }
      boolean whole =
          last.closed && tree.size(file) == last.bytes && tree.digest(file).equals(last.digest);
      Leaves leaves = leaves(path, lines, whole);
      if (whole && (leaves == null || !options.full)) {
        return;
      }
      int before = report.wrongs;
      byte[] bytes = read(file, last);
      if (leaves != null) {
        new Localiser(file, bytes, leaves, last, report, options.state).check();
      } else {
        withoutLeaves(file, bytes, lines);
      }
      if (last.closed && !whole && report.wrongs == before) {
        report.wrong(file, "altered: its digest is not the one that was sealed");
      }
    }

    /** A segment is 64 MiB and a bit; more than 1 GiB of one is not looked at. */
    private byte[] read(String file, SegmentLine last) throws IOException {
      long size = tree.size(file);
      int most = (int) Math.min(size, 1 << 30);
      if (most < size) {
        report.wrong(file, "inserted: it has " + size + " bytes, " + last.bytes + " were sealed");
      }
      byte[] bytes = new byte[most];
      try (FileChannel in = tree.open(file)) {
        ByteBuffer view = ByteBuffer.wrap(bytes);
        while (view.hasRemaining() && in.read(view) > 0) {
          // reads on until the buffer is full or the file ends
        }
        return view.hasRemaining() ? Arrays.copyOf(bytes, view.position()) : bytes;
      }
    }

    /** The leaves, when they have the sealed roots; says what is wrong with them otherwise. */
    private Leaves leaves(String path, List<SegmentLine> lines, boolean whole) throws IOException {
      String name = "seals/leaves/" + path.substring(0, path.length() - 4) + ".leaves";
      SegmentLine last = lines.get(lines.size() - 1);
      if (!tree.has(name)) {
        if (!seals.destroyed.containsKey(path)) {
          report.wrong(name, "missing");
        }
        return null;
      }
      try {
        byte[] bytes = tree.bytes(name);
        Leaves leaves = Leaves.of(bytes);
        int fit = leaves.linesThatFit(lines);
        long most = Leaves.HEADER + last.leaves * Leaves.ENTRY;
        if (fit == lines.size() && bytes.length > most && (last.closed || !options.state)) {
          report.wrong(name, "inserted: " + (bytes.length - most) + " bytes behind the last entry");
        }
        if (fit == lines.size()) {
          leaves.mustCover(last);
          return leaves;
        }
        long good = fit == 0 ? 0 : lines.get(fit - 1).leaves;
        throw new Refused(
            "altered between entry " + (good + 1) + " and " + lines.get(fit).leaves
                + ": the root in checkpoint " + lines.get(fit).checkpoint + " is another"
                + (whole ? entries(path, leaves, last) : ""));
      } catch (Refused e) {
        report.wrong(name, e.getMessage());
        return null;
      }
    }

    /** Which entries differ from those that the segment, which is untouched, gives. */
    private String entries(String path, Leaves leaves, SegmentLine last) throws IOException {
      Leaves again = Leaves.again(read("journal/" + path, last));
      if (again.size != last.leaves) {
        return "";
      }
      StringBuilder differ = new StringBuilder();
      int count = 0;
      for (int i = 0; i < Math.max(again.size, leaves.size) && count < 20; i++) {
        if (i >= again.size || !again.sameEntry(i, leaves)) {
          differ.append(count++ == 0 ? "; entries that differ: " : ", ").append(i + 1);
        }
      }
      return differ.toString();
    }

    /** The leaf file is of no use: the chunks of the segment give leaves again. */
    private void withoutLeaves(String file, byte[] bytes, List<SegmentLine> lines) {
      SegmentLine last = lines.get(lines.size() - 1);
      byte[] sealed = bytes.length > last.bytes ? Arrays.copyOf(bytes, (int) last.bytes) : bytes;
      Leaves again = Leaves.again(sealed);
      int fit = again.linesThatFit(lines);
      if (fit == lines.size() && sealed.length == last.bytes) {
        if (bytes.length > last.bytes && (last.closed || !options.state)) {
          report.wrong(file, "inserted: " + (bytes.length - last.bytes) + " bytes at the end");
        }
        return;
      }
      String good =
          fit == 0
              ? "nothing of it can be proven"
              : "up to byte " + lines.get(fit - 1).bytes + ", sequence " + lines.get(fit - 1).last
                  + ", it is untouched";
      report.wrong(
          file, "altered: its leaf file is of no use either, so where cannot be named; " + good);
    }
  }

  /** Says what happened to a segment whose leaves are known to be right. */
  static final class Localiser {
    private static final int NOWHERE = -1;
    private static final int MOST_LINES = 1000;

    private final String file;
    private final byte[] bytes;
    private final Leaves leaves;
    private final SegmentLine line;
    private final Report report;
    private final boolean growing;
    private final int count;

    /** Where each leaf was found in the file. */
    private final int[] found;

    /** Leaf and place of second copies. */
    private final Map<Integer, Integer> copies = new TreeMap<>();

    private final boolean[] inOrder;
    private final int[] frame;
    private final int[] chunk;
    private int told;

    Localiser(
        String file,
        byte[] bytes,
        Leaves leaves,
        SegmentLine line,
        Report report,
        boolean state) {
      this.file = file;
      this.bytes = bytes;
      this.leaves = leaves;
      this.line = line;
      this.report = report;
      this.growing = state && !line.closed;
      this.count = (int) line.leaves;
      this.found = new int[count];
      this.inOrder = new boolean[count];
      this.frame = new int[count];
      this.chunk = new int[count];
    }

    void check() {
      if (inPlace() == count && bytes.length == line.bytes) {
        return;
      }
      elsewhere();
      order();
      number();
      tell();
    }

    private byte[] digest(int from, int length) {
      MessageDigest sha = sha256();
      sha.update(bytes, from, length);
      return sha.digest();
    }

    /** Leaves that stand where they were written. */
    private int inPlace() {
      int right = 0;
      for (int i = 0; i < count; i++) {
        found[i] = fits(i, leaves.offset(i)) ? (int) leaves.offset(i) : NOWHERE;
        right += found[i] == NOWHERE ? 0 : 1;
      }
      return right;
    }

    private boolean fits(int leaf, long at) {
      int length = leaves.length(leaf);
      return at + length <= bytes.length && leaves.hasDigest(leaf, digest((int) at, length));
    }

    /** Leaves that stand at another place, and second copies, in the bytes nobody claims. */
    private void elsewhere() {
      Map<String, Integer> byDigest = new HashMap<>();
      for (int i = 0; i < count; i++) {
        byDigest.put(leaves.digest(i), i);
      }
      for (int[] gap : unclaimed()) {
        search(gap[0], gap[1], byDigest);
      }
      // What has no chunk in it cannot be searched for: it is tried beside its neighbours.
      for (int i = 1; i < count; i++) {
        if (found[i - 1] != NOWHERE) {
          tryAt(i, found[i - 1] + leaves.length(i - 1));
        }
      }
      for (int i = count - 1; i >= 0; i--) {
        int end = i == count - 1 ? bytes.length : found[i + 1];
        tryAt(i, end - leaves.length(i));
      }
    }

    private void tryAt(int leaf, int at) {
      if (found[leaf] == NOWHERE && at >= 0 && fits(leaf, at)) {
        found[leaf] = at;
      }
    }

    /** Ranges of the file that no leaf in its place covers. */
    private List<int[]> unclaimed() {
      List<int[]> gaps = new ArrayList<>();
      int at = 0;
      for (int i = 0; i < count; i++) {
        if (found[i] != NOWHERE) {
          if (found[i] > at) {
            gaps.add(new int[] {at, found[i]});
          }
          at = found[i] + leaves.length(i);
        }
      }
      if (at < bytes.length) {
        gaps.add(new int[] {at, bytes.length});
      }
      return gaps;
    }

    private void search(int from, int to, Map<String, Integer> byDigest) {
      int at = from;
      int begin = from;
      while (at < to) {
        int length = Chunk.length(bytes, at);
        int end = at + length;
        if (length == 0 || end > to) {
          at++;
          continue;
        }
        int[] starts = {
          at,
          Chunk.frameHeader(bytes, at - Chunk.FRAME_HEADER) ? at - Chunk.FRAME_HEADER : at,
          at - Chunk.FRAME_HEADER - Chunk.SEGMENT_HEADER,
          begin
        };
        boolean known = false;
        for (int i = 0; i < starts.length && !known; i++) {
          if (starts[i] >= begin && end - starts[i] < 4 << 20) {
            known = claim(starts[i], end, byDigest);
          }
        }
        begin = known ? end : begin;
        at = known ? end : at + 1;
      }
    }

    private boolean claim(int start, int end, Map<String, Integer> byDigest) {
      Integer leaf = byDigest.get(hex(digest(start, end - start)));
      if (leaf == null) {
        return false;
      }
      if (found[leaf] == NOWHERE) {
        found[leaf] = start;
      } else {
        copies.put(start, leaf);
      }
      return true;
    }

    /** Of a leaf that stands there twice, the one that is in its order counts as the leaf. */
    private void order() {
      int length = longestRow();
      for (Map.Entry<Integer, Integer> copy : new ArrayList<>(copies.entrySet())) {
        int leaf = copy.getValue();
        int before = found[leaf];
        if (!inOrder[leaf] && found[leaf] != copy.getKey()) {
          found[leaf] = copy.getKey();
          int now = longestRow();
          if (now > length) {
            length = now;
            copies.remove(copy.getKey());
            copies.put(before, leaf);
          } else {
            found[leaf] = before;
            longestRow();
          }
        }
      }
    }

    /** The longest row of leaves that are in their order; the others were moved. */
    private int longestRow() {
      Arrays.fill(inOrder, false);
      List<Integer> standing = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        if (found[i] != NOWHERE) {
          standing.add(i);
        }
      }
      standing.sort((a, b) -> Integer.compare(found[a], found[b]));
      int[] tails = new int[standing.size()];
      int[] before = new int[standing.size()];
      int length = 0;
      for (int k = 0; k < standing.size(); k++) {
        int low = 0;
        int high = length;
        while (low < high) {
          int middle = (low + high) >>> 1;
          if (standing.get(tails[middle]) < standing.get(k)) {
            low = middle + 1;
          } else {
            high = middle;
          }
        }
        before[k] = low == 0 ? -1 : tails[low - 1];
        tails[low] = k;
        length = Math.max(length, low + 1);
      }
      for (int k = length == 0 ? -1 : tails[length - 1]; k >= 0; k = before[k]) {
        inOrder[standing.get(k)] = true;
      }
      return length;
    }

    /** Numbers frames and chunks, from 1; an altered header is taken at its place. */
    private void number() {
      int frames = 0;
      int chunks = 0;
      boolean ended = true;
      for (int i = 0; i < count; i++) {
        int at = found[i] != NOWHERE ? found[i] : (int) Math.min(leaves.offset(i), bytes.length);
        int header = i == 0 ? at + Chunk.SEGMENT_HEADER : at;
        boolean begins = ended || Chunk.frameHeader(bytes, header);
        if (begins) {
          frames++;
          chunks = 0;
        }
        frame[i] = frames;
        chunk[i] = ++chunks;
        int head = begins ? header + Chunk.FRAME_HEADER : header;
        ended = found[i] != NOWHERE
            && Chunk.length(bytes, head) > 0
            && Chunk.lastOfFrame(bytes, head);
      }
    }

    private String names(int from, int to) {
      long last = leaves.first(to) + leaves.records(to) - 1;
      String records =
          last < leaves.first(from)
              ? "no records"
              : "sequences " + leaves.first(from) + " to " + last;
      String where =
          from == to
              ? "frame " + frame[from] + " chunk " + chunk[from] + " (leaf " + (from + 1) + ")"
              : "frame " + frame[from] + " chunk " + chunk[from] + " to frame " + frame[to]
                  + " chunk " + chunk[to] + " (leaves " + (from + 1) + " to " + (to + 1) + ")";
      return where + ", bytes " + leaves.offset(from) + " to "
          + (leaves.offset(to) + leaves.length(to) - 1) + ", " + records;
    }

    private void wrong(String text) {
      if (told++ < MOST_LINES) {
        report.wrong(file, text);
      }
    }

    private void tell() {
      int end = 0;
      int i = 0;
      while (i < count) {
        if (inOrder[i]) {
          strangers(end, found[i], "before leaf " + (i + 1));
          end = found[i] + leaves.length(i);
          i++;
        } else if (found[i] != NOWHERE) {
          wrong("moved: " + names(i, i) + " stands at byte " + found[i]);
          i++;
        } else {
          int to = i;
          while (to + 1 < count && found[to + 1] == NOWHERE) {
            to++;
          }
          int next = nextInOrder(to + 1);
          lost(i, to, foreign(end, next), next == bytes.length);
          end = next;
          i = to + 1;
        }
      }
      if (end < bytes.length) {
        if (growing) {
          report.note(file + ": " + (bytes.length - end) + " bytes at its end are not sealed yet");
        } else {
          strangers(end, bytes.length, "at the end");
        }
      }
      if (told > MOST_LINES) {
        report.wrong(file, (told - MOST_LINES) + " findings more");
      }
    }

    private int nextInOrder(int from) {
      for (int i = from; i < count; i++) {
        if (inOrder[i]) {
          return found[i];
        }
      }
      return bytes.length;
    }

    private void lost(int from, int to, int left, boolean atEnd) {
      long expected = leaves.offset(to) + leaves.length(to) - leaves.offset(from);
      if (left == 0) {
        wrong((atEnd ? "cut off: " : "deleted: ") + names(from, to));
      } else if (atEnd && bytes.length < line.bytes) {
        wrong("cut off: of " + names(from, to) + " only " + left + " bytes are left");
      } else {
        wrong(
            "altered: " + names(from, to)
                + (left == expected ? "" : "; " + expected + " bytes were sealed, " + left
                    + " stand there"));
      }
    }

    /** Bytes of a range that belong to no leaf that was moved there. */
    private int foreign(int from, int to) {
      int left = Math.max(0, to - from);
      for (int i = 0; i < count; i++) {
        if (found[i] >= from && found[i] < to && !inOrder[i]) {
          left -= leaves.length(i);
        }
      }
      return left;
    }

    private void strangers(int from, int to, String where) {
      int left = foreign(from, to);
      for (Map.Entry<Integer, Integer> copy : copies.entrySet()) {
        if (copy.getKey() >= from && copy.getKey() < to) {
          left -= leaves.length(copy.getValue());
          wrong("inserted: a copy of " + names(copy.getValue(), copy.getValue()) + " at byte "
              + copy.getKey());
        }
      }
      if (left > 0) {
        wrong("inserted: " + left + " bytes " + where + ", from byte " + from + " on");
      }
    }
  }

  // ---------------------------------------------------------------------------------------------
  // Audit
  // ---------------------------------------------------------------------------------------------

  /** The record of what people did: each entry has the hash of the one before. */
  static final class Audit {
    private static final String FILE = "audit/entries.txt";
    private static final byte[] LABEL = "emanet-audit-1\0".getBytes(StandardCharsets.US_ASCII);

    private final Tree tree;
    private final Seals seals;
    private final Report report;
    private final boolean state;

    /** Number of entries in a checkpoint, and the checkpoint. */
    private final NavigableMap<Long, Checkpoint> heads = new TreeMap<>();

    private long expected = 1;
    private String previous = ZEROS;
    private boolean broken;
    private long lastSound;

    Audit(Tree tree, Seals seals, Report report, boolean state) {
      this.tree = tree;
      this.seals = seals;
      this.report = report;
      this.state = state;
    }

    void check(Window window) throws IOException {
      long last = 0;
      for (Checkpoint c : seals.checkpoints.values()) {
        Checkpoint before = heads.putIfAbsent(c.audit, c);
        if (before != null && !before.auditHead.equals(c.auditHead)) {
          report.wrong(c.file, "has another audit head than checkpoint " + before.number);
        }
        last = Math.max(last, c.audit);
      }
      if (!tree.has(FILE)) {
        if (last > 0 && !state && !window.leftOut.contains("audit")) {
          report.wrong(FILE, "missing");
        }
        return;
      }
      if (window.leftOut.contains("audit")) {
        report.wrong("archive.txt", "says that the audit record was left out, and it is there");
      }
      int wrongs = report.wrongs;
      walk(tree.bytes(FILE));
      if (expected - 1 < last) {
        report.wrong(FILE, "cut off: entries " + expected + " to " + last + " are missing");
      } else if (expected - 1 > last && !state) {
        report.wrong(FILE, "inserted: entries behind " + last + ", the end that was sealed");
      }
      if (report.wrongs == wrongs) {
        report.ok("the audit record is whole: " + (expected - 1) + " entries, head " + previous);
      }
    }

    private void walk(byte[] bytes) {
      int line = 1;
      for (int at = 0; at < bytes.length; line++) {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
          end++;
        }
        try {
          if (end == bytes.length) {
            throw new Refused("does not end with a line feed");
          }
          entry(Entry.parse(bytes, at, end));
        } catch (Refused e) {
          report.wrong(FILE, "altered: line " + line + " (entry " + expected + "): "
              + e.getMessage());
          broken = true;
          expected++;
        }
        at = end + 1;
      }
    }

    private void entry(Entry entry) {
      if (!entry.hash().equals(entry.hash)) {
        report.wrong(FILE, "altered: entry " + entry.sequence + " has not the hash it names");
        broken = true;
      }
      if (entry.sequence > expected) {
        report.wrong(
            FILE, "deleted: entries " + expected + " to " + (entry.sequence - 1) + " are missing");
        broken = true;
      } else if (entry.sequence < expected) {
        report.wrong(FILE, "moved or inserted: entry " + entry.sequence + " stands where "
            + expected + " must stand");
        broken = true;
        return;
      } else if (!entry.previous.equals(previous) && !broken) {
        report.wrong(FILE, "altered: entry " + entry.sequence + " does not name the hash of "
            + (entry.sequence - 1));
        broken = true;
      }
      expected = entry.sequence + 1;
      previous = entry.hash;
      Checkpoint head = heads.get(entry.sequence);
      if (head != null) {
        if (head.auditHead.equals(entry.hash)) {
          lastSound = entry.sequence;
          broken = false;
        } else if (!broken) {
          report.wrong(FILE, "altered and hashed anew: entries " + (lastSound + 1) + " to "
              + entry.sequence + ", checkpoint " + head.number + " has another head");
          broken = true;
        }
      }
    }

    /** One line of the file. */
    private static final class Entry {
      long sequence;
      long micros;
      final String[] texts = new String[4];
      String previous;
      String hash;

      static Entry parse(byte[] bytes, int from, int to) throws Refused {
        String line;
        try {
          line =
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from))
                  .toString();
        } catch (CharacterCodingException e) {
          throw new Refused("is no UTF-8");
        }
        String[] parts = line.split("\t", -1);
        if (parts.length != 7
            || !parts[0].matches("[1-9][0-9]{0,18}")
            || !parts[1].matches("0|-?[1-9][0-9]{0,18}")
            || !parts[5].matches("[0-9a-f]{64}")
            || !parts[6].matches("[0-9a-f]{64}")) {
          throw new Refused("is not as an entry must be");
        }
        Entry entry = new Entry();
        entry.sequence = number(parts[0]);
        entry.micros = number(parts[1]);
        for (int i = 0; i < 3; i++) {
          entry.texts[i] = plain(parts[2 + i]);
        }
        entry.texts[3] = parts[5];
        entry.previous = parts[5];
        entry.hash = parts[6];
        return entry;
      }

      private static String plain(String text) throws Refused {
        if (text.indexOf('\\') < 0) {
          return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
          char c = text.charAt(i);
          if (c == '\\') {
            int which = ++i < text.length() ? "tnr\\".indexOf(text.charAt(i)) : -1;
            if (which < 0) {
              throw new Refused("has a wrong escape");
            }
            c = "\t\n\r\\".charAt(which);
          }
          out.append(c);
        }
        return out.toString();
      }

      String hash() {
        MessageDigest sha = sha256();
        sha.update(LABEL);
        sha.update(ByteBuffer.allocate(16).putLong(sequence).putLong(micros).array());
        for (String text : texts) {
          byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
          sha.update(ByteBuffer.allocate(4).putInt(utf8.length).array());
          sha.update(utf8);
        }
        return hex(sha.digest());
      }
    }
  }

  // ---------------------------------------------------------------------------------------------
  // Backup repositories and the seals beside them
  // ---------------------------------------------------------------------------------------------

  /** JSON with exactly one form of each value: sorted keys, no white space, whole numbers. */
  static final class Json {
    private final String text;
    private int at;

    private Json(String text) {
      this.text = text;
    }

    static Map<String, Object> object(byte[] bytes) throws Refused {
      String text;
      try {
        text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        throw new Refused("is no UTF-8");
      }
      Json json = new Json(text);
      if (text.isEmpty() || text.charAt(0) != '{') {
        throw new Refused("is no JSON object");
      }
      Map<String, Object> found = json.members(0);
      StringBuilder again = new StringBuilder(text.length());
      write(found, again);
      if (json.at != text.length() || !again.toString().equals(text)) {
        throw new Refused("is not in the one form of canonical JSON");
      }
      return found;
    }

    private char next() throws Refused {
      if (at >= text.length()) {
        throw new Refused("ends within a value");
      }
      return text.charAt(at++);
    }

    private Object value(int depth) throws Refused {
      char first = at < text.length() ? text.charAt(at) : ' ';
      if (depth > 8) {
        throw new Refused("is nested too deep");
      }
      if (first == '{') {
        return members(depth);
      } else if (first == '[') {
        return elements(depth);
      } else if (first == '"') {
        return string();
      }
      int from = at;
      while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      String digits = text.substring(from, at);
      if (!digits.matches("0|-?[1-9][0-9]{0,17}")) {
        throw new Refused("has a value of no known kind");
      }
      return Long.valueOf(digits);
    }

    private Map<String, Object> members(int depth) throws Refused {
      Map<String, Object> found = new TreeMap<>();
      at++;
      if (at < text.length() && text.charAt(at) == '}') {
        at++;
        return found;
      }
      char end = ',';
      while (end == ',') {
        String key = string();
        if (next() != ':' || found.put(key, value(depth + 1)) != null) {
          throw new Refused("has a member that cannot be");
        }
        end = next();
      }
      if (end != '}') {
        throw new Refused("is no JSON");
      }
      return found;
    }

    private List<Object> elements(int depth) throws Refused {
      List<Object> found = new ArrayList<>();
      at++;
      if (at < text.length() && text.charAt(at) == ']') {
        at++;
        return found;
      }
      char end = ',';
      while (end == ',') {
        found.add(value(depth + 1));
        end = next();
      }
      if (end != ']') {
        throw new Refused("is no JSON");
      }
      return found;
    }

    private String string() throws Refused {
      if (next() != '"') {
        throw new Refused("is no JSON");
      }
      StringBuilder found = new StringBuilder();
      for (char c = next(); c != '"'; c = next()) {
        if (c != '\\') {
          found.append(c);
          continue;
        }
        char kind = next();
        int which = "\"\\bfnrt".indexOf(kind);
        if (which >= 0) {
          found.append("\"\\\b\f\n\r\t".charAt(which));
        } else if (kind == 'u' && at + 4 <= text.length()
            && text.substring(at, at + 4).matches("[0-9a-f]{4}")) {
          found.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
          at += 4;
        } else {
          throw new Refused("has an escape that cannot be");
        }
      }
      return found.toString();
    }

    private static void write(Object value, StringBuilder out) {
      if (value instanceof Map<?, ?>) {
        char before = '{';
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
          out.append(before);
          quote((String) entry.getKey(), out);
          out.append(':');
          write(entry.getValue(), out);
          before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
      } else if (value instanceof List<?>) {
        char before = '[';
        for (Object each : (List<?>) value) {
          out.append(before);
          write(each, out);
          before = ',';
        }
        out.append(before == '[' ? "[]" : "]");
      } else if (value instanceof String) {
        quote((String) value, out);
      } else {
        out.append(value);
      }
    }

    private static void quote(String value, StringBuilder out) {
      out.append('"');
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        int escape = "\"\\\b\f\n\r\t".indexOf(c);
        if (escape >= 0) {
          out.append('\\').append("\"\\bfnrt".charAt(escape));
        } else if (c < 0x20) {
          out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
          out.append(c);
        }
      }
      out.append('"');
    }
  }

  /**
   * A backup repository: every seal is signed and names the one before; the lists of what seals add
   * and remove lead to the set of files that must be there, each with its digest; nothing else may
   * be there. The page "Backup seals, version 1" has the format.
   */
  static final class Backups {
    private static final String OBJECT =
        "config|(?:keys|index|snapshots)/[0-9a-f]{64}|data/[0-9a-f]{2}/[0-9a-f]{64}";

    private final Tree tree;
    private final Trust trust;
    private final Report report;
    private final NavigableMap<String, String> set = new TreeMap<>();
    private final NavigableMap<Long, String> seals = new TreeMap<>();
    private final Map<String, String[]> days = new TreeMap<>();
    private final Set<String> known = new HashSet<>();
    private String repository;
    private String previous = "0".repeat(64);
    private String signature = previous;
    private final NavigableMap<Long, Instant> times = new TreeMap<>();
    private final NavigableMap<Long, String> named = new TreeMap<>();
    private Instant last;
    private boolean turned;
    private Map<String, Object> newest;

    Backups(Tree tree, Trust trust, Report report) {
      this.tree = tree;
      this.trust = trust;
      this.report = report;
    }

    static boolean is(Path directory) {
      return Files.isDirectory(directory.resolve("seals/daily"))
          || Files.isDirectory(directory.resolve("snapshots"))
              && Files.isDirectory(directory.resolve("data"));
    }

    void check(Options options) throws IOException, Refused {
      long highest = 0;
      for (String name : tree.below("seals/")) {
        Matcher seal = Pattern.compile("seals/([0-9]{8,12})\\.json").matcher(name);
        if (seal.matches()) {
          highest = Math.max(highest, number(seal.group(1)));
        }
      }
      if (highest == 0) {
        throw new Refused("this repository has no seals");
      }
      for (long n = 1; n <= highest; n++) {
        seal(n);
      }
      sum(highest);
      beside();
      int before = report.wrongs;
      daily();
      strangers();
      stored();
      if (report.wrongs == before) {
        report.ok(set.size() + " stored files are those of the seals, byte for byte");
      }
      expect(options);
      report.note("newest seal " + highest + ":" + previous + "; compare it with one kept elsewhere"
          + " (--expect): otherwise an old state put back whole is not noticed");
    }

    private static String name(long n, String ending) {
      return "seals/" + String.format(Locale.ROOT, "%08d", n) + ending;
    }

    private void seal(long n) throws IOException {
      String file = name(n, ".json");
      for (String end : new String[] {".json", ".json.p7s", ".packs.sha256", ".removed.sha256"}) {
        known.add(name(n, end));
      }
      if (!tree.has(file)) {
        report.wrong(file, "missing: the chain of seals has a gap");
        previous = "";
        signature = "";
        return;
      }
      byte[] bytes = tree.bytes(file);
      String before = signature;
      signature = tree.has(file + ".p7s") ? tree.digest(file + ".p7s") : "";
      try {
        Cms.Signed signed = trust.seal(file + ".p7s", tree, bytes);
        // The bytes of the certificate inside are not under the signature.
        String whole = new String(tree.bytes(file + ".p7s"), StandardCharsets.ISO_8859_1);
        if (!whole.contains(
            new String(Trust.encoded(signed.signer), StandardCharsets.ISO_8859_1))) {
          throw new Refused("altered: it holds another form of the signer's certificate");
        }
      } catch (Refused e) {
        report.wrong(file + ".p7s", e.getMessage());
      }
      String digest = hex(sha256(bytes));
      try {
        Map<String, Object> seal = Json.object(bytes);
        if (!"emanet-backup-seal".equals(seal.get("format"))
            || !Long.valueOf(1).equals(seal.get("version"))) {
          throw new Refused("is no seal of version 1");
        }
        place(file, n, before, seal);
        apply(file, n, seal);
        if (seal.get("days") instanceof List<?>) {
          for (Object day : (List<?>) seal.get("days")) {
            Map<?, ?> fields = (Map<?, ?>) day;
            days.put(text(fields, "day"),
                new String[] {text(fields, "list"), text(fields, "stamp")});
          }
        }
        newest = seal;
      } catch (Refused | ClassCastException | DateTimeException e) {
        report.wrong(file, "not as a seal must be: " + e.getMessage());
      }
      seals.put(n, digest);
      previous = digest;
    }

    private static String text(Map<?, ?> seal, String field) throws Refused {
      if (!(seal.get(field) instanceof String)) {
        throw new Refused("has no text '" + field + "'");
      }
      return (String) seal.get(field);
    }

    private void place(String file, long n, String before, Map<String, Object> seal)
        throws Refused {
      if (!Long.valueOf(n).equals(seal.get("sequence"))) {
        report.wrong(file, "moved: it says that it is seal " + seal.get("sequence"));
      }
      if (!previous.isEmpty() && !previous.equals(text(seal, "previous"))) {
        report.wrong(file, "does not name the seal before it: one of them was replaced");
      }
      if (!before.isEmpty() && !before.equals(text(seal, "previous_signature"))) {
        report.wrong(name(n - 1, ".json.p7s"), "altered: the next seal names another digest");
      }
      if (repository == null) {
        repository = text(seal, "repository");
      } else if (!repository.equals(text(seal, "repository"))) {
        report.wrong(file, "is of another repository");
      }
      Instant time = Instant.parse(text(seal, "time"));
      long back =
          last != null && time.isBefore(last) ? Duration.between(time, last).toSeconds() + 1 : 0;
      Object counts = seal.get("counts");
      Object said = counts instanceof Map<?, ?> map ? map.get("clock_back_seconds") : null;
      if (back != (said instanceof Long seconds ? seconds : 0)) {
        report.wrong(file, "is older than the seal before it and does not say so, or the reverse");
      } else if (back > 0) {
        report.note(file + ": the clock of the machine had been ahead, by " + back + " s or more");
        turned = true;
      }
      times.put(n, time);
      last = time;
      if (!"complete".equals(seal.get("state"))) {
        report.note(file + ": the snapshot is " + printable(text(seal, "state")));
      }
      if ("adopt".equals(seal.get("kind"))) {
        report.note(file + ": changes by another tool, approved: "
            + printable(text(seal, "approval")));
      }
    }

    private void apply(String file, long n, Map<String, Object> seal) throws IOException, Refused {
      for (Map.Entry<String, String> gone : list(n, ".removed.sha256", seal, "removed")) {
        if (!set.remove(gone.getKey(), gone.getValue())) {
          report.wrong(file, "removes what was not there: " + gone.getKey());
        }
      }
      for (Map.Entry<String, String> fresh : list(n, ".packs.sha256", seal, "added")) {
        if (set.put(fresh.getKey(), fresh.getValue()) != null) {
          report.wrong(file, "adds what was there: " + fresh.getKey());
        }
      }
    }

    /** The newest seal names what all of them add up to; one look is enough. */
    private void sum(long highest) throws Refused {
      MessageDigest sha = sha256();
      for (Map.Entry<String, String> each : set.entrySet()) {
        sha.update((each.getValue() + "  " + each.getKey() + "\n")
            .getBytes(StandardCharsets.US_ASCII));
      }
      if (newest != null && !hex(sha.digest()).equals(newest.get("set"))) {
        report.wrong(name(highest, ".json"),
            "the seals up to this one do not add up to the set that it names");
      }
    }

    private Collection<Map.Entry<String, String>> list(
        long n, String ending, Map<String, Object> seal, String field) throws IOException, Refused {
      String file = name(n, ending);
      if (!tree.has(file)) {
        report.wrong(file, "missing: its seal names it");
        return List.of();
      }
      if (!tree.digest(file).equals(text(seal, field))) {
        report.wrong(file, "altered: its digest is not the one in its seal");
        return List.of();
      }
      byte[] bytes = tree.bytes(file);
      try {
        Map<String, String> listed =
            bytes.length == 0 ? Map.of() : Manifest.parse(bytes);
        for (String path : listed.keySet()) {
          if (!path.matches(OBJECT)) {
            throw new Refused("names what is no file of a repository: " + path);
          }
        }
        return listed.entrySet();
      } catch (Refused e) {
        report.wrong(file, e.getMessage());
        return List.of();
      }
    }

    /** The newest seal names what lies beside the seals to help an auditor. */
    private void beside() throws IOException {
      known.add("seals/Verify.java");
      known.add("seals/lock");
      known.add("seals/certificates/seal.pem");
      known.add("seals/certificates/tsa.pem");
      if (newest == null || !(newest.get("beside") instanceof Map<?, ?>)) {
        return;
      }
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) newest.get("beside")).entrySet()) {
        String file = "seals/" + entry.getKey();
        if (!tree.has(file)) {
          report.wrong(file, "missing: the newest seal names it");
        } else if (!tree.digest(file).equals(entry.getValue()) && !staged(file, entry.getValue())) {
          report.wrong(file, "altered: the newest seal names another digest");
        }
      }
    }

    /** Written for the newest seal and not yet in its place when the power went. */
    private boolean staged(String file, Object digest) throws IOException {
      long number = ((Number) newest.get("sequence")).longValue();
      String staged = name(number, "." + file.substring(file.lastIndexOf('/') + 1) + ".tmp");
      boolean cut = tree.has(staged) && tree.digest(staged).equals(digest);
      if (cut) {
        known.add(staged);
        report.note(file + " is in " + staged + " still: the power went after the newest seal");
      }
      return cut;
    }

    private void daily() throws IOException {
      long next = 1;
      boolean stamps = false;
      for (String file : tree.below("seals/daily/")) {
        if (file.matches("seals/daily/[0-9]{4}-[0-9]{2}-[0-9]{2}\\.txt")) {
          known.add(file);
          next = day(file, turned ? 0 : next);
        } else if (file.endsWith(".txt.tsr")
            && tree.has(file.substring(0, file.length() - 4))) {
          known.add(file);
          stamps = true;
        }
      }
      for (String day : days.keySet()) {
        if (!tree.has("seals/daily/" + day + ".txt")) {
          report.wrong("seals/daily/" + day + ".txt", "missing: a seal names it");
        }
      }
      authorities(stamps);
      if (turned) {
        unnamed();
      } else if (!seals.isEmpty() && next <= seals.lastKey()) {
        report.note("seals " + next + " to " + seals.lastKey() + " are in no day that is closed:"
            + " only the machine's own clock says when");
      }
    }

    /** Where the clock went back: seals that no list names, though a later day names later ones. */
    private void unnamed() {
      LocalDate end = LocalDate.ofInstant(last, ZoneOffset.UTC).plusDays(1);
      for (Map.Entry<Long, Instant> seal : times.entrySet()) {
        LocalDate own = LocalDate.ofInstant(seal.getValue(), ZoneOffset.UTC).plusDays(1);
        boolean passed = false;
        for (String file : named.tailMap(seal.getKey(), false).values()) {
          LocalDate list = LocalDate.parse(file.substring(12, 22));
          passed |= list.isAfter(own) && !list.isAfter(end);
        }
        if (passed && !named.containsKey(seal.getKey())) {
          report.wrong(name(seal.getKey(), ".json"), "is in no list of a day");
        }
      }
    }

    private long day(String file, long from) throws IOException {
      String[] sealed = days.get(file.substring(12, 22));
      if (sealed != null && !tree.digest(file).equals(sealed[0])) {
        report.wrong(file, "altered: a seal names another digest");
      }
      long next = from;
      try {
        for (Map.Entry<String, String> line : Manifest.parse(tree.bytes(file)).entrySet()) {
          Matcher seal = Pattern.compile("seals/([0-9]{8,12})\\.json").matcher(line.getKey());
          long number = seal.matches() ? number(seal.group(1)) : -1;
          if (turned ? number < next : number != next) {
            throw new Refused("names " + line.getKey() + " where seal " + next + " must stand");
          }
          next = number;
          if (named.put(number, file) != null) {
            throw new Refused("names " + line.getKey() + ", and another list does too");
          }
          if (!line.getValue().equals(seals.get(next))) {
            throw new Refused("names another digest of seal " + next);
          }
          next++;
        }
      } catch (Refused e) {
        report.wrong(file, e.getMessage());
      }
      String tsr = file + ".tsr";
      if (tree.has(tsr)) {
        if (sealed != null && !sealed[1].isEmpty() && !tree.digest(tsr).equals(sealed[1])) {
          report.wrong(tsr, "altered: a seal names another digest");
        }
        stamp(file, tsr);
      } else if (sealed != null && !sealed[1].isEmpty()) {
        report.wrong(tsr, "missing: a seal names it");
      } else {
        report.note(file + " is NOT STAMPED: only the machine's own clock says when");
      }
      return next;
    }

    private void stamp(String file, String tsr) throws IOException {
      try {
        Stamp stamp = trust.stamp(tsr, tree, tree.bytes(file));
        String text = file + " is stamped: " + stamp.time + " by " + Trust.name(stamp.authority);
        if (stamp.demo()) {
          report.note(text + " - a DEMO authority: this proves nothing to others");
        } else if (trust.hasAnchors() && trust.anchored(stamp)) {
          report.ok(text + ", trusted as you said");
        } else {
          report.note(text + "; whether that authority is genuine is not checked: use --trust");
        }
      } catch (Refused e) {
        report.wrong(tsr, e.getMessage());
      }
    }

    /** They only help: what is there must be written as we write it. */
    private void authorities(boolean stamps) throws IOException {
      String file = "seals/certificates/tsa.pem";
      if (!tree.has(file)) {
        if (stamps) {
          report.wrong(file, "missing, and there are stamps");
        }
        return;
      }
      try {
        StringBuilder again = new StringBuilder();
        List<X509Certificate> all = Trust.pem(tree.bytes(file), file);
        for (X509Certificate each : all) {
          if (all.stream().noneMatch(by -> signed(each, by))) {
            report.wrong(file, "altered: nobody in it has signed " + Trust.name(each));
          }
          again.append("-----BEGIN CERTIFICATE-----\n")
              .append(java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
                  .encodeToString(Trust.encoded(each)))
              .append("\n-----END CERTIFICATE-----\n");
        }
        if (!Arrays.equals(again.toString().getBytes(StandardCharsets.US_ASCII), tree.bytes(file))) {
          report.wrong(file, "altered");
        }
      } catch (Refused e) {
        report.wrong(file, e.getMessage());
      }
    }

    private static boolean signed(X509Certificate certificate, X509Certificate by) {
      try {
        certificate.verify(by.getPublicKey());
        return true;
      } catch (GeneralSecurityException e) {
        return false;
      }
    }

    private void strangers() {
      for (String file : tree.sizes.keySet()) {
        if (file.startsWith("locks/")) {
          continue; // they come and go with whoever works on the repository
        }
        if (file.startsWith("damaged/")) {
          report.note(file + " was put aside by a repair and is no part of the repository");
          continue;
        }
        if (file.startsWith("seals/")) {
          if (!known.contains(file)) {
            report.wrong(file, "belongs to no seal: a seal that was cut or taken away");
          }
        } else if (!set.containsKey(file)) {
          report.wrong(file, file.startsWith("snapshots/")
              ? "a snapshot without a seal: another tool made it, or a run was cut"
              : "in no seal: another tool wrote it, or a run was cut");
        }
      }
    }

    private void stored() throws IOException {
      for (Map.Entry<String, String> each : set.entrySet()) {
        if (!tree.has(each.getKey())) {
          report.wrong(each.getKey(), "missing: it is sealed and no seal says that it was removed");
          continue;
        }
        report.files++;
        report.bytes += tree.size(each.getKey());
        if (!tree.digest(each.getKey()).equals(each.getValue())) {
          report.wrong(each.getKey(), "altered: its bytes are not those that were sealed");
        }
      }
    }

    private void expect(Options options) {
      if (options.expectDigest == null) {
        return;
      }
      String file = name(options.expectNumber, ".json");
      String found = seals.get(options.expectNumber);
      if (found == null) {
        report.wrong(file, "rolled back: this seal is known elsewhere and is not here");
      } else if (!found.equals(options.expectDigest)) {
        report.wrong(file, "replaced: another digest than the one kept elsewhere");
      } else {
        report.ok("the seal kept elsewhere is here: " + options.expectNumber);
      }
    }
  }
}
