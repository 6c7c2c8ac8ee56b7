package tr.emanet.backup.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tr.emanet.backup.Posix;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Node;
import tr.emanet.backup.restic.NodeType;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.TestRepository;

/** Snapshots and places that want a restore to write elsewhere. */
final class Hostile {

  /** Makes the tree of a snapshot. */
  interface Tree {

    Id make(Repository repository) throws IOException;
  }

  /** Prepares the target; the canary lies beside it. */
  interface Place {

    void make(Path target, Path canary) throws IOException;
  }

  /**
   * One case.
   *
   * @param complains true when the report must name a problem, whatever the policy
   */
  record Case(String name, Tree tree, Place place, boolean complains) {

    /** A first name that is not ours to touch leaves the further names without content. */
    boolean complains(RestoreRequest.Overwrite overwrite) {
      return complains
          || overwrite == RestoreRequest.Overwrite.NEVER && name.contains("of which the first is");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final List<Case> cases = new ArrayList<>();

  private Hostile() {}

  static List<Case> all() {
    Hostile hostile = new Hostile();
    hostile.names();
    hostile.standing();
    hostile.links();
    hostile.lies();
    hostile.depths();
    hostile.specials();
    return hostile.cases;
  }

  private void add(String name, boolean complains, Tree tree) {
    cases.add(new Case(name, tree, (target, canary) -> {}, complains));
  }

  private void add(String name, boolean complains, Place place) {
    cases.add(new Case(name, Hostile::plain, place, complains));
  }

  private static byte[] raw(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  static Node file(Repository repository, String name, String content) throws IOException {
    byte[] bytes = raw(content);
    List<Id> ids = bytes.length == 0 ? List.of() : List.of(TestRepository.data(repository, bytes));
    return TestRepository.node(raw(name), NodeType.FILE, 0644, ids, new byte[0], bytes.length);
  }

  static Node directory(String name, Id tree) {
    byte[] id = TestRepository.bytes(tree);
    return TestRepository.node(raw(name), NodeType.DIR, 0755, List.of(), id, 0);
  }

  static Node link(String name, String leads) {
    return TestRepository.node(raw(name), NodeType.SYMLINK, 0777, List.of(), raw(leads), 0);
  }

  /** a/b/file, a/other, top: what the prepared places want to catch. */
  static Id plain(Repository repository) throws IOException {
    Id b = TestRepository.tree(repository, List.of(file(repository, "file", "overwritten")));
    Id a =
        TestRepository.tree(
            repository, List.of(directory("b", b), file(repository, "other", "overwritten")));
    return TestRepository.tree(
        repository, List.of(directory("a", a), file(repository, "top", "overwritten")));
  }

  private void names() {
    String[] bad = {
      "..",
      ".",
      "",
      "a/b",
      "../canary/file",
      "/etc/passwd",
      "a\\x00b",
      "..\\x2fcanary",
      "/",
      "//",
      "../../x",
      "a/../../canary/file",
      "\\x00",
      "x".repeat(256),
      "y".repeat(5000)
    };
    for (String name : bad) {
      for (String type : new String[] {"file", "dir", "symlink"}) {
        String brief = name.length() > 20 ? name.length() + " bytes" : name;
        add(
            type + " named '" + brief + "'",
            true,
            repository -> TestRepository.tree(repository, raw(json(repository, type, name))));
      }
    }
    add(
        "two files of one name",
        true,
        repository ->
            TestRepository.tree(
                repository, List.of(file(repository, "a", "1"), file(repository, "a", "2"))));
    add(
        "a link, then a directory of the same name",
        true,
        repository ->
            TestRepository.tree(
                repository, List.of(link("a", "../canary"), directory("a", plain(repository)))));
    add(
        "names out of order",
        true,
        repository ->
            TestRepository.tree(
                repository, List.of(file(repository, "b", "1"), file(repository, "a", "2"))));
    add(
        "names that look odd but are none of our business",
        false,
        repository ->
            TestRepository.tree(
                repository,
                List.of(
                    file(repository, "\n", "1"),
                    file(repository, " ..", "1"),
                    file(repository, "-rf *", "1"),
                    file(repository, ".. ", "1"),
                    file(repository, "...", "1"),
                    file(repository, "A", "1"),
                    file(repository, "C:\\canary", "1"),
                    file(repository, "a", "1"),
                    file(repository, "z".repeat(255), "1"),
                    file(repository, "~", "1"))));
  }

  private static String json(Repository repository, String type, String name) throws IOException {
    String quoted = name.replace("\\", "\\\\");
    String rest =
        switch (type) {
          case "dir" -> ",\"subtree\":\"" + plain(repository).hex() + "\"";
          case "symlink" -> ",\"linktarget\":\"../canary\"";
          default ->
              ",\"size\":1,\"content\":[\""
                  + TestRepository.data(repository, raw("x")).hex()
                  + "\"]";
        };
    return "{\"nodes\":[{\"name\":\"" + quoted + "\",\"type\":\"" + type + "\"" + rest + "}]}";
  }

  private void standing() {
    String[] leads = {
      "../canary", "/etc", ".", "..", "a", "/proc/self/root", "/proc/self/cwd", "/", "missing"
    };
    for (String to : leads) {
      add(
          "the directory is a link to " + to,
          true,
          (target, canary) -> Files.createSymbolicLink(target.resolve("a"), Path.of(to)));
      add(
          "a directory further down is a link to " + to,
          true,
          (target, canary) ->
              Files.createSymbolicLink(
                  Files.createDirectory(target.resolve("a")).resolve("b"), Path.of(to)));
    }
    add(
        "the file is a link to a file outside",
        false,
        (target, canary) ->
            Files.createSymbolicLink(target.resolve("top"), canary.resolve("file")));
    add(
        "the file is a link that dangles outside",
        false,
        (target, canary) -> Files.createSymbolicLink(target.resolve("top"), canary.resolve("new")));
    add(
        "the file is a further name of one outside",
        false,
        (target, canary) -> Files.createLink(target.resolve("top"), canary.resolve("file")));
    add(
        "the file is a further name of one outside with the same content",
        false,
        (target, canary) -> Files.createLink(target.resolve("top"), canary.resolve("same")));
    add(
        "the file is a link to one outside with the same content",
        false,
        (target, canary) ->
            Files.createSymbolicLink(target.resolve("top"), canary.resolve("same")));
    add(
        "the file is a FIFO",
        false,
        (target, canary) -> new Posix().makeNode(target.resolve("top"), 0010600, 0));
    add(
        "the directory is a FIFO",
        true,
        (target, canary) -> new Posix().makeNode(target.resolve("a"), 0010600, 0));
    add(
        "the directory is a file",
        true,
        (target, canary) -> Files.writeString(target.resolve("a"), "x"));
    add(
        "the file is an empty directory",
        true,
        (target, canary) -> Files.createDirectory(target.resolve("top")));
    add(
        "the file is a full directory",
        true,
        (target, canary) ->
            Files.writeString(Files.createDirectory(target.resolve("top")).resolve("x"), "x"));
  }

  private void links() {
    for (String leads :
        new String[] {"../canary/file", "/etc/passwd", "..", "/", "l", "x".repeat(4095)}) {
      String brief = leads.substring(0, Math.min(20, leads.length()));
      add(
          "a link to " + brief,
          false,
          repository ->
              TestRepository.tree(
                  repository, List.of(link("l", leads), file(repository, "m", "x"))));
    }
    add(
        "a link to nothing",
        true,
        repository -> TestRepository.tree(repository, List.of(link("l", ""))));
    add(
        "a link that is too long",
        true,
        repository -> TestRepository.tree(repository, List.of(link("l", "x".repeat(10_000)))));
    add(
        "a link with a NUL",
        true,
        repository -> TestRepository.tree(repository, List.of(link("l", "a\0b"))));
    cases.add(
        new Case(
            "a link where one stands",
            repository -> TestRepository.tree(repository, List.of(link("top", "elsewhere"))),
            (target, canary) ->
                Files.createSymbolicLink(target.resolve("top"), canary.resolve("file")),
            false));
    cases.add(
        new Case(
            "a link where a directory stands",
            repository -> TestRepository.tree(repository, List.of(link("top", "../canary"))),
            (target, canary) -> Files.createDirectory(target.resolve("top")),
            true));
    cases.add(
        new Case(
            "further names, of which one stands as a link to the outside",
            repository -> names(repository, "x", "x"),
            (target, canary) ->
                Files.createSymbolicLink(target.resolve("two"), canary.resolve("file")),
            false));
    cases.add(
        new Case(
            "further names, of which the first is a further name of one outside",
            repository -> names(repository, "x", "x"),
            (target, canary) -> Files.createLink(target.resolve("one"), canary.resolve("file")),
            false));
  }

  private static Id names(Repository repository, String first, String second) throws IOException {
    return TestRepository.tree(
        repository,
        List.of(
            places(file(repository, "one", first), 77, 2),
            places(file(repository, "two", second), 77, 2)));
  }

  private static Node places(Node node, long inode, long links) {
    Node.Facts f = node.facts();
    Node.Place place = new Node.Place(inode, 1, links, f.place().device());
    return with(
        node,
        new Node.Facts(
            f.mode(), f.modified(), f.changed(), f.owner(), place, f.size(), f.attributes()));
  }

  private static Node with(Node node, Node.Facts facts) {
    return new Node(node.name(), node.type(), facts, node.content(), node.subtree(), node.link());
  }

  private static Node sized(Node node, long size) {
    Node.Facts f = node.facts();
    return with(
        node,
        new Node.Facts(
            f.mode(), f.modified(), f.changed(), f.owner(), f.place(), size, f.attributes()));
  }

  private void lies() {
    for (long size : new long[] {0, 1, 1L << 50, -1, Long.MIN_VALUE}) {
      add(
          "a file that claims " + size + " bytes",
          true,
          repository ->
              TestRepository.tree(repository, List.of(sized(file(repository, "f", "four"), size))));
    }
    Id unknown = new Id(1, 2, 3, 4);
    add(
        "a file of which a blob is missing",
        true,
        repository ->
            TestRepository.tree(
                repository,
                List.of(
                    TestRepository.node(
                        raw("f"), NodeType.FILE, 0644, List.of(unknown), new byte[0], 4))));
    add(
        "a directory of which the tree is missing",
        true,
        repository -> TestRepository.tree(repository, List.of(directory("d", unknown))));
    add(
        "a directory of which the tree is the content of a file",
        true,
        repository ->
            TestRepository.tree(
                repository,
                List.of(directory("d", TestRepository.data(repository, raw("{\"nodes\":[]}"))))));
    add("a tree that is no JSON", true, repository -> TestRepository.tree(repository, raw("[1")));
    add(
        "further names with another content",
        false,
        repository -> names(repository, "one", "another"));
    add(
        "attributes that nobody may set",
        true,
        repository -> {
          Node node = file(repository, "f", "x");
          Node.Facts f = node.facts();
          List<Node.Attribute> attributes =
              List.of(
                  new Node.Attribute("user." + "n".repeat(9000), new byte[1]),
                  new Node.Attribute("user.big", new byte[100_000]),
                  new Node.Attribute("user.a\0b", new byte[1]),
                  new Node.Attribute("security.capability", new byte[20]),
                  new Node.Attribute("system.posix_acl_access", new byte[] {9, 9, 9}));
          Node.Facts facts =
              new Node.Facts(
                  f.mode(), f.modified(), f.changed(), f.owner(), f.place(), f.size(), attributes);
          return TestRepository.tree(repository, List.of(with(node, facts)));
        });
  }

  private void depths() {
    add("1100 directories in each other", true, repository -> chain(repository, 1100, "d"));
    add(
        "60 directories of long names: a path beyond the limit of the system",
        false,
        repository -> chain(repository, 60, "n".repeat(200)));
    add(
        "the same tree below itself in many places",
        false,
        repository -> {
          Id tree = plain(repository);
          for (int i = 0; i < 4; i++) {
            tree =
                TestRepository.tree(
                    repository,
                    List.of(directory("a", tree), directory("b", tree), link("c", "../..")));
          }
          return tree;
        });
  }

  private static Id chain(Repository repository, int depth, String name) throws IOException {
    Id tree = TestRepository.tree(repository, List.of(file(repository, "end", "x")));
    return TestRepository.chain(repository, tree, depth, raw(name));
  }

  private void specials() {
    for (NodeType type :
        new NodeType[] {NodeType.DEV, NodeType.CHARDEV, NodeType.FIFO, NodeType.SOCKET}) {
      Tree tree =
          repository ->
              TestRepository.tree(
                  repository,
                  List.of(TestRepository.node(raw("top"), type, 0666, List.of(), new byte[0], 0)));
      add("a " + type.word(), false, tree);
      cases.add(
          new Case(
              "a " + type.word() + " where a link to the outside stands",
              tree,
              (target, canary) ->
                  Files.createSymbolicLink(target.resolve("top"), canary.resolve("file")),
              false));
    }
    for (int mode : new int[] {04755, 02755, 06777, 01777, 0}) {
      add(
          String.format(Locale.ROOT, "a file of mode %o", mode),
          false,
          repository -> {
            Node file = file(repository, "f", "x");
            return TestRepository.tree(
                repository,
                List.of(
                    TestRepository.node(
                        raw("f"), NodeType.FILE, mode, file.content(), new byte[0], 1)));
          });
    }
  }

  /** Path to type, mode, owner, time and content of the place and every entry below it. */
  static Map<String, String> canary(Path place) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    try (Stream<Path> all = Files.walk(place)) {
      for (Path path : all.toList()) {
        Map<String, Object> found =
            new TreeMap<>(
                Files.readAttributes(
                    path, "unix:mode,uid,gid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS));
        String content =
            Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                ? Arrays.toString(Files.readAllBytes(path))
                : "";
        facts.put(path.toString(), found + content);
      }
    }
    return facts;
  }
}
