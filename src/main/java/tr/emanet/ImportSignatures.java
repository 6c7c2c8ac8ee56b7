package tr.emanet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import tr.emanet.crypto.sign.PersonSignature;
import tr.emanet.crypto.sign.SignedContent;
import tr.emanet.indicator.feed.FeedSignature;
import tr.emanet.signature.Pem;

/**
 * Signatures beside imported files count by the authorities that count for people; while none is
 * configured there is nothing to compare with, and the import says so.
 */
record ImportSignatures(SealSettings settings, InstantSource clock) implements FeedSignature {

  @Override
  public Verdict judge(Path file, byte[] p7s) throws IOException {
    if (settings.persons().trustFile().isEmpty()) {
      return new Verdict.Unchecked();
    }
    return switch (PersonSignature.accept(
        SignedContent.of(file), Pem.der(p7s), PersonSigning.terms(settings, clock))) {
      case PersonSignature.Result.Accepted accepted -> new Verdict.Valid(accepted.name());
      case PersonSignature.Result.Refused refused -> new Verdict.Refused(refused.reason());
    };
  }
}
