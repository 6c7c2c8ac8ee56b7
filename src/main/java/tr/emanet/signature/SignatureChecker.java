package tr.emanet.signature;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at what a person uploads. Safe for many threads. */
public interface SignatureChecker {

  /** What is to be said of an upload. */
  sealed interface Verdict {

    /**
     * A sound signature over exactly these bytes.
     *
     * @param signer common name in the certificate
     * @param maskedId the person's number with all but the last digits hidden, or empty
     * @param issuer common name of the certificate's issuer
     * @param certificate SHA-256 of the certificate's DER in hex
     * @param claimedAt the signing time that the signer's machine claims
     * @param stampedAt a time stamp inside, null when there is none
     * @param qualified whether the certificate says that it is a qualified one
     * @param trusted whether its chain ends at an authority that this installation trusts
     * @param remarks what a person should know, in words; not masked data
     */
    record Sound(
        String signer,
        String maskedId,
        String issuer,
        String certificate,
        @Nullable Instant claimedAt,
        @Nullable Instant stampedAt,
        boolean qualified,
        boolean trusted,
        List<String> remarks)
        implements Verdict {
      public Sound {
        remarks = List.copyOf(remarks);
      }
    }

    /**
     * It is not taken.
     *
     * @param reason in words, English
     */
    record Refused(String reason) implements Verdict {}
  }

  /** Checks a detached CMS signature against the bytes. */
  Verdict check(byte[] content, byte[] signature);

  /** An ASiC-E container with the object and its signatures. */
  byte[] container(String fileName, byte[] content, List<byte[]> signatures) throws IOException;
}
