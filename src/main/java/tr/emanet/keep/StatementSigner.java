package tr.emanet.keep;

import java.io.IOException;

/** Makes the machine's detached signature over a statement. */
@FunctionalInterface
public interface StatementSigner {

  /** The signature, CMS in DER. */
  byte[] sign(byte[] statement) throws IOException;
}
