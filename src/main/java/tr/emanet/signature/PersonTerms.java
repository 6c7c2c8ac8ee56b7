package tr.emanet.signature;

import java.io.IOException;
import tr.emanet.crypto.sign.SignatureTerms;

/** On what terms a person's signature counts here and now. Safe for many threads. */
@FunctionalInterface
public interface PersonTerms {

  /**
   * The terms, with the revocation lists as they lie on disk now.
   *
   * @throws IOException when authorities or lists cannot be read; the message names the remedy
   */
  SignatureTerms now() throws IOException;
}
