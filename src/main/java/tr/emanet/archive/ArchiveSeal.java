package tr.emanet.archive;

import java.io.IOException;
import java.security.cert.X509Certificate;

/** What an archive needs of the machine's seal. Thread-safe. */
public interface ArchiveSeal {

  /** Seals everything received so far; a checkpoint over it is on disk when this returns. */
  void now() throws IOException, InterruptedException;

  /** A detached CMS signature in DER over some bytes. */
  byte[] sign(byte[] content) throws IOException;

  /** The certificate that signs now. */
  X509Certificate certificate() throws IOException;
}
