package tr.emanet.indicator.list;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tr.emanet.access.Access;
import tr.emanet.alert.Policy;
import tr.emanet.alert.Severity;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Passwords;
import tr.emanet.crypto.Tokens;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.indicator.Codes;
import tr.emanet.indicator.FeedEntry;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.RevisionRules;
import tr.emanet.indicator.Revisions;
import tr.emanet.store.Database;

/** Lists on a real database and a real folder, fed by hand, with a clock that the test moves. */
final class ListFixture implements AutoCloseable, InstantSource {

  static final Principal ADMINISTRATOR = new Principal("ayse", "Ayşe", Set.of(Role.ADMINISTRATOR));
  static final Principal LOCAL = new Principal("local:0", "local:0", Set.of(Role.ADMINISTRATOR));

  final Database database;
  final AuditLog audit;
  final Revisions revisions;
  final IndicatorStore store;
  final Access access;
  final BlockLists lists;
  final ListDoor door;
  private volatile Instant now = Instant.parse("2026-11-22T08:00:00Z");

  ListFixture(Path state, BlockList... lists) throws Exception {
    this.database = Database.open(state, List.of("audit", "access", "indicator"));
    this.audit = new AuditLog(database, this);
    this.store = new IndicatorStore(database);
    NeverBlock neverBlock = new NeverBlock(List.of("ornek.bel.tr", "198.51.100.0/28"));
    this.revisions =
        new Revisions(
            database,
            audit,
            new RevisionRules(1, RevisionRules.DEFAULT.floor(), RevisionRules.DEFAULT.maxRows()),
            neverBlock,
            this,
            RevisionListener.NONE);
    SecureRandom random = new SecureRandom();
    this.access =
        Access.wire(
            database, audit, new Passwords(random, new Passwords.Cost(64, 1, 1)), random, this);
    this.lists =
        new BlockLists(
            List.of(lists),
            new BlockLists.Sources(store, neverBlock, () -> Policy.SHIPPED),
            database,
            state.resolve("lists"),
            this);
    this.door = new ListDoor(this.lists, database, access.keys(), new Tokens(random), audit, this);
  }

  /** Takes everything of all feeds, up to ten values. */
  static BlockList list(String name, ListKind kind) {
    return new BlockList(name, kind, Set.of(), 1_000, Severity.LOW, 0, false);
  }

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** A row of a class, listed so many hours ago. */
  FeedEntry row(String value, String type, String source, int hoursAgo) {
    return new FeedEntry(
        value,
        value,
        null,
        new Codes("", "", source, type, 100),
        now.minus(Duration.ofHours(hoursAgo)),
        null);
  }

  /** The whole list of a feed. */
  Revision take(String feed, FeedEntry... rows) throws FeedException {
    pass(Duration.ofSeconds(1));
    Revisions.Draft draft = revisions.begin(feed, Revision.Kind.FULL, "test", "-");
    revisions.stage(draft, List.of(rows), "");
    pass(Duration.ofSeconds(1));
    Revision made = revisions.finish(draft, true, "");
    if (made.state() == Revision.State.WAITING
        && !revisions.approve(ADMINISTRATOR, made.number())) {
      throw new IllegalStateException("revision " + made.number() + " still waits");
    }
    return made;
  }

  /** A list of phishing values of USOM. */
  Revision values(String... values) throws FeedException {
    List<FeedEntry> rows = new ArrayList<>();
    for (String value : values) {
      rows.add(row(value, "PH", "US", 1));
    }
    return take("usom", rows.toArray(FeedEntry[]::new));
  }

  /** Writes a text over a stored value, past every check. */
  void poison(String value, String text) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database.file());
        var statement =
            connection.prepareStatement("UPDATE indicator SET value = ? WHERE value = ?")) {
      statement.setString(1, text);
      statement.setString(2, value);
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException(value + " is not stored");
      }
    }
  }

  BlockLists.Written open(String file) throws IOException {
    if (lists.find(file) instanceof BlockLists.Found.Here here) {
      return lists.open(here);
    }
    throw new IllegalStateException(file + " is not offered");
  }

  /** What a firewall gets. */
  String text(String file) throws IOException {
    return Files.readString(open(file).file(), StandardCharsets.ISO_8859_1);
  }

  /** The lines of a plain list. */
  Set<String> plain(String name) throws IOException {
    return new TreeSet<>(text(name + ".txt").lines().toList());
  }

  @Override
  public void close() {
    lists.close();
    database.close();
  }
}
