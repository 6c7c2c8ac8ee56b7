package tr.emanet.indicator.list;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.access.KeyDoor;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Tokens;
import tr.emanet.event.Principal;
import tr.emanet.store.Database;

/**
 * Who may pull: a device with a token of the scope {@code lists} as the password of HTTP Basic, or
 * with the secret part of a list's address. Safe for many threads.
 */
public final class ListDoor {

  /** What stands in the records for whoever knew a secret path. */
  public static final String BY_PATH = "secret path";

  private static final String BASIC = "Basic ";
  private static final int LONGEST_HEADER = 1_024;
  private static final int LONGEST_AGENT = 160;

  /** What became of a key. */
  public sealed interface Outcome {
    /** Let it pull; the name goes into the records. */
    record Open(String who) implements Outcome {}

    /** No key, or a wrong one. */
    record Shut() implements Outcome {}

    /** Too many wrong keys came from there. */
    record Wait(Duration time) implements Outcome {}
  }

  private final BlockLists lists;
  private final Database database;
  private final KeyDoor keys;
  private final Tokens tokens;
  private final AuditLog audit;
  private final InstantSource clock;

  public ListDoor(
      BlockLists lists,
      Database database,
      KeyDoor keys,
      Tokens tokens,
      AuditLog audit,
      InstantSource clock) {
    this.lists = lists;
    this.database = database;
    this.keys = keys;
    this.tokens = tokens;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Judges an {@code Authorization} header (RFC 7617).
   *
   * @param header as it came; null asks for one and counts as no failure
   */
  public Outcome basic(@Nullable String header, String address) {
    if (header == null) {
      return new Outcome.Shut();
    }
    String pair = "";
    if (header.length() <= LONGEST_HEADER
        && header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      try {
        byte[] bytes = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
        pair = new String(bytes, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        pair = ""; // no base64: wrong as any other key
      }
    }
    int colon = pair.indexOf(':');
    return outcome(
        colon < 0
            ? keys.wrong(address)
            : keys.token(pair.substring(0, colon), pair.substring(colon + 1), address));
  }

  /** Judges the secret part of an address, in a time that does not depend on where it differs. */
  public Outcome secret(String list, String secret, String address) {
    String hash = lists.exists(list) ? lists.store().secret(list).orElse("") : "";
    boolean right = Tokens.same(hash, Tokens.digest(secret));
    return right ? new Outcome.Open(BY_PATH) : outcome(keys.wrong(address));
  }

  private static Outcome outcome(KeyDoor.Outcome outcome) {
    return switch (outcome) {
      case KeyDoor.Outcome.Open open -> new Outcome.Open(open.who());
      case KeyDoor.Outcome.Shut shut -> new Outcome.Shut();
      case KeyDoor.Outcome.Wait wait -> new Outcome.Wait(wait.time());
    };
  }

  /** Makes a new secret for a list's address and ends the one before; shown this once. */
  public String renewSecret(Principal who, String list) {
    String secret = tokens.next();
    return database.transaction(
        () -> {
          Instant now = Instant.ofEpochMilli(clock.millis());
          lists.store().keepSecret(list, Tokens.digest(secret), who.id(), now);
          audit.record(who, "list.secret", Map.of("list", list));
          return secret;
        });
  }

  /** Ends the secret address of a list; false when it had none. */
  public boolean dropSecret(Principal who, String list) {
    return database.transaction(
        () -> {
          boolean was = lists.store().dropSecret(list);
          if (was) {
            audit.record(who, "list.secret-end", Map.of("list", list));
          }
          return was;
        });
  }

  /**
   * Who came for a list.
   *
   * @param who empty for a person who looks: that is no firewall that has it
   */
  public record Visitor(String who, String address, @Nullable String agent) {}

  /**
   * Remembers a pull.
   *
   * @param status 200 or 304
   */
  public void pulled(BlockLists.Found.Here here, Visitor visitor, int status) {
    if (visitor.who().isEmpty()) {
      return;
    }
    Instant now = Instant.ofEpochMilli(clock.millis());
    Published list = here.list();
    lists.pulled(
        new Pull(
            list.list().name(),
            here.format().suffix(),
            list.version(),
            visitor.who(),
            visitor.address(),
            plain(visitor.agent()),
            status,
            here.etag(),
            list.entries(),
            now,
            now,
            1));
  }

  private static String plain(@Nullable String agent) {
    if (agent == null) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(agent.length(), LONGEST_AGENT); i++) {
      char c = agent.charAt(i);
      out.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return out.toString();
  }
}
