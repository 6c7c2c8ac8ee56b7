package tr.emanet.crypto.stamp;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** What came of asking for a time stamp. */
public sealed interface TimeStamping {

  /**
   * A stamp that was checked in everything.
   *
   * @param response the {@code TimeStampResp} in DER: what goes into a {@code .tsr} file
   * @param token the {@code TimeStampToken} in it: what goes inside a signature
   * @param time the authority's time
   * @param chain the authority's certificate first, the trust anchor last
   * @param serial the token's serial number, hexadecimal
   * @param policy the policy the stamp was made under, an object identifier
   */
  record Granted(
      byte[] response,
      byte[] token,
      Instant time,
      List<X509Certificate> chain,
      String serial,
      String policy)
      implements TimeStamping {

    public Granted {
      chain = List.copyOf(chain);
    }

    /** The certificate that signed the stamp. */
    public X509Certificate authority() {
      return chain.getFirst();
    }
  }

  /**
   * No stamp. Whatever was to be stamped stays unstamped, and says so.
   *
   * @param reason a sentence for an operator, in English, without secrets
   */
  record Refused(Kind kind, String reason) implements TimeStamping {}

  /** Why there is no stamp; what to do next depends on it. */
  enum Kind {
    /** No answer, or the server failed: ask again later. */
    UNREACHABLE,
    /** The authority said no (account, credits, request): a person must act. */
    REJECTED,
    /** The answer is no proof: something is wrong with the authority or in between. */
    UNACCEPTABLE
  }
}
