package tr.emanet.backup.seal;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whose signatures count.
 *
 * @param seals certificates of the machine, all that ever signed
 * @param authorities time stamp authorities; when empty stamps are not judged, and that is said
 */
public record SealTrust(List<X509Certificate> seals, List<X509Certificate> authorities) {

  public SealTrust {
    seals = List.copyOf(seals);
    authorities = List.copyOf(authorities);
  }
}
