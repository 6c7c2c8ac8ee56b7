package tr.emanet.indicator.feed;

import java.io.IOException;
import java.nio.file.Path;

/** Judges the detached signature that came beside an imported file. Safe for many threads. */
@FunctionalInterface
public interface FeedSignature {

  /** What is to be said of it. */
  sealed interface Verdict {

    /**
     * Sound, over exactly this file, by somebody who is trusted here.
     *
     * @param signer name in the certificate
     */
    record Valid(String signer) implements Verdict {}

    /** Nobody's signatures are trusted here, so there is nothing to compare with. */
    record Unchecked() implements Verdict {}

    /**
     * The file must not come into force.
     *
     * @param reason in words, English
     */
    record Refused(String reason) implements Verdict {}
  }

  /** For an installation that trusts nobody's signatures. */
  FeedSignature NOBODY = (file, p7s) -> new Verdict.Unchecked();

  /**
   * @param p7s a detached CMS signature, DER or PEM
   */
  Verdict judge(Path file, byte[] p7s) throws IOException;
}
