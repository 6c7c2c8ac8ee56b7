package tr.emanet.crypto.envelope;

import java.util.List;
import tr.emanet.crypto.Secret;

/** What came of opening an envelope. */
public sealed interface Opening {

  /**
   * It is whole and was for this key.
   *
   * @param content the caller closes it
   */
  record Opened(Secret content) implements Opening {}

  /** It is for others. */
  record NotARecipient(List<RecipientName> recipients) implements Opening {

    public NotARecipient {
      recipients = List.copyOf(recipients);
    }
  }

  /** It is damaged, or made in a way that is not accepted; the reason in words. */
  record Refused(String why) implements Opening {}
}
