package tr.emanet.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.crypto.Tokens;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;

/**
 * The token of the command line: whoever may read {@code run/local.token} (0600) owns the state
 * directory anyway. New at each start, valid on loopback only. Acts as analyst, administrator and
 * backup operator, audited as {@code local:<uid>}. Immutable.
 */
public final class LocalToken {

  public static final String FILE = "local.token";
  private static final String PREFIX = "eml_";
  private static final String ID = "local:";

  private final String digest;
  private final Principal principal;

  private LocalToken(String digest, Principal principal) {
    this.digest = digest;
    this.principal = principal;
  }

  /**
   * Makes a new token and writes it, replacing that of the last start.
   *
   * @param run the {@code run} directory below the state directory
   */
  public static LocalToken create(Path run, Tokens tokens) throws IOException {
    Path file = run.resolve(FILE);
    String clear = PREFIX + tokens.next();
    PrivateFiles.write(file, (clear + "\n").getBytes(StandardCharsets.US_ASCII));
    Object uid = Files.getAttribute(file, "unix:uid");
    return new LocalToken(
        Tokens.digest(clear),
        new Principal(
            ID + uid,
            "local:" + uid,
            Set.of(Role.ANALYST, Role.ADMINISTRATOR, Role.BACKUP_OPERATOR)));
  }

  /** Whether a token sent from loopback is this one. */
  boolean matches(String clear) {
    return clear.startsWith(PREFIX) && Tokens.same(Tokens.digest(clear), digest);
  }

  /** Who the command line is. */
  public Principal principal() {
    return principal;
  }

  /** Whether a principal is the command line. */
  public static boolean isLocal(Principal who) {
    return who.id().startsWith(ID);
  }

  @Override
  public String toString() {
    return "LocalToken[" + principal.id() + "]";
  }
}
