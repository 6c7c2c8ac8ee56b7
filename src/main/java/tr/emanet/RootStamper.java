package tr.emanet;

import java.io.IOException;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.Digests;
import tr.emanet.crypto.sign.CadesSignatures;
import tr.emanet.crypto.stamp.TimeStampClient;
import tr.emanet.crypto.stamp.TimeStamper;
import tr.emanet.crypto.stamp.TimeStamping;
import tr.emanet.journal.seal.Stamper;

/** Has daily roots stamped by an authority, or by the labelled one for demonstrations. */
final class RootStamper implements Stamper {

  private final TimeStamper stamper;
  private final String authority;

  RootStamper(TimeStamper stamper, String authority) {
    this.stamper = stamper;
    this.authority = authority;
  }

  @Override
  public String authority() {
    return authority;
  }

  @Override
  public boolean isInside(byte[] signature) throws IOException {
    try {
      return CadesSignatures.isStamped(signature);
    } catch (CryptoException e) {
      throw new IOException("the root's signature cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public Result inside(byte[] signature) throws IOException {
    try {
      return switch (stamper.stamp(CadesSignatures.signatureValueDigest(signature))) {
        case TimeStamping.Refused refused -> refused(refused);
        case TimeStamping.Granted granted ->
            new Result.Stamped(
                CadesSignatures.withTimeStamp(signature, granted.token()),
                granted.time(),
                authority);
      };
    } catch (CryptoException e) {
      throw new IOException("the root's signature cannot take a stamp: " + e.getMessage(), e);
    }
  }

  @Override
  public Result beside(byte[] file) {
    return switch (stamper.stamp(Digests.sha256().digest(file))) {
      case TimeStamping.Refused refused -> refused(refused);
      case TimeStamping.Granted granted ->
          new Result.Stamped(granted.response(), granted.time(), authority);
    };
  }

  private static Result refused(TimeStamping.Refused refused) {
    return new Result.Refused(refused.reason());
  }

  @Override
  public String credits() {
    if (stamper instanceof TimeStampClient client) {
      return switch (client.credits()) {
        case TimeStampClient.Credits.Left(long left) -> Long.toString(left);
        case TimeStampClient.Credits.Unknown ignored -> "";
      };
    }
    return "";
  }
}
