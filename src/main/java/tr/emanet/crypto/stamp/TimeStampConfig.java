package tr.emanet.crypto.stamp;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The time stamp authority. Configuration file keys: {@code seal.timestamp.url}, {@code
 * seal.timestamp.mode}, {@code seal.timestamp.user}, {@code seal.timestamp.passwordFile}, {@code
 * seal.timestamp.trustFile}, {@code seal.timestamp.policy}. Without {@code seal.timestamp.url}
 * nothing is stamped.
 *
 * @param url {@code http} or {@code https}; Kamu SM: {@code http://zd.kamusm.gov.tr}, for tests
 *     {@code http://tzd.kamusm.gov.tr}
 * @param mode how we say who we are
 * @param user the account, for Kamu SM the customer number; null with {@link Mode#NONE}
 * @param passwordFile one line, readable only by its owner; null with {@link Mode#NONE}
 * @param trustFile PEM with the authorities (roots) to which the stamp's chain must lead
 * @param policy object identifier of the policy to ask for; null takes the authority's own
 */
public record TimeStampConfig(
    URI url,
    Mode mode,
    @Nullable String user,
    @Nullable Path passwordFile,
    Path trustFile,
    @Nullable String policy) {

  /** How the authority wants to be told who asks. */
  public enum Mode {
    NONE,
    /** HTTP Basic (RFC 7617). */
    BASIC,
    /** The {@code identity} header of Kamu SM. */
    KAMUSM;

    /** Reads the word of the configuration file: {@code none}, {@code basic}, {@code kamusm}. */
    public static Optional<Mode> of(String word) {
      for (Mode mode : values()) {
        if (mode.name().toLowerCase(Locale.ROOT).equals(word)) {
          return Optional.of(mode);
        }
      }
      return Optional.empty();
    }
  }

  private static final Pattern CUSTOMER = Pattern.compile("[1-9][0-9]{0,17}");
  private static final Pattern OID = Pattern.compile("[0-2](\\.(0|[1-9][0-9]{0,17})){1,20}");

  /**
   * @throws IllegalArgumentException when the parts do not fit together; the message names the key
   */
  public TimeStampConfig {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    require(
        (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null,
        "seal.timestamp.url must be an http or https address");
    require(url.getUserInfo() == null, "seal.timestamp.url must not hold a password");
    require(policy == null || OID.matcher(policy).matches(), "seal.timestamp.policy is no OID");
    require(
        mode == Mode.NONE || (user != null && passwordFile != null),
        "seal.timestamp.mode "
            + mode.name().toLowerCase(Locale.ROOT)
            + " needs seal.timestamp.user and seal.timestamp.passwordFile");
    require(
        mode != Mode.KAMUSM || (user != null && CUSTOMER.matcher(user).matches()),
        "seal.timestamp.user must be the customer number with seal.timestamp.mode kamusm");
    require(user == null || user.indexOf(':') < 0, "seal.timestamp.user must not contain a colon");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
