package tr.emanet.backup.key;

import java.util.Arrays;
import java.util.List;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.envelope.SecretSharing;

/** What came of joining shares; needs nothing but the shares. */
public sealed interface SharesJoined {

  /** The caller closes it. Whether it is the right one only the repository can say. */
  record Password(Secret password) implements SharesJoined {}

  /** They do not bring a password. */
  record Refused(String why) implements SharesJoined {}

  /** Joins two or three shares; three must agree. */
  static SharesJoined of(List<Share> shares) {
    if (shares.stream().map(Share::set).distinct().count() > 1) {
      return new Refused("the shares are of different sets: " + shares);
    }
    if (shares.stream().mapToInt(Share::number).distinct().count() != shares.size()) {
      return new Refused("one share is there twice");
    }
    if (shares.size() < RepositoryKeys.NEEDED) {
      return new Refused("two shares are needed");
    }
    byte[] secret = joined(shares.subList(0, RepositoryKeys.NEEDED));
    byte[] again = joined(shares.reversed().subList(0, RepositoryKeys.NEEDED));
    try {
      return Arrays.equals(secret, again)
          ? new Password(RepositoryPassword.of(secret))
          : new Refused("the three shares do not agree; one was not made by this split");
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(again, (byte) 0);
    }
  }

  private static byte[] joined(List<Share> two) {
    return SecretSharing.combine(
        two.stream().mapToInt(Share::number).toArray(), two.stream().map(Share::body).toList());
  }
}
