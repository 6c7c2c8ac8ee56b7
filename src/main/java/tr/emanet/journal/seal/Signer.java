package tr.emanet.journal.seal;

import java.io.IOException;

/** The machine seal as the sealer needs it. Safe for many threads. */
public interface Signer {

  /** SHA-256 of the DER of the certificate that signs now, in hex; may wait while it is made. */
  String key() throws IOException;

  /**
   * A detached CMS signature, CAdES-B-B, in DER over these bytes.
   *
   * @throws IOException when the key cannot be used; the message names the remedy
   */
  byte[] sign(byte[] statement) throws IOException;

  /** The same over a daily root, which is stamped afterwards and may name a policy that asks so. */
  default byte[] signRoot(byte[] root) throws IOException {
    return sign(root);
  }
}
