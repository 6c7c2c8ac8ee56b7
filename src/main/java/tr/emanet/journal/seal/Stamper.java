package tr.emanet.journal.seal;

import java.io.IOException;
import java.time.Instant;

/** Stamps daily roots with the time of an authority elsewhere. Safe for many threads. */
public interface Stamper {

  /** What came of asking. */
  sealed interface Result {
    /**
     * There is a stamp.
     *
     * @param file what is to be written
     * @param authority who stamped, in words
     */
    record Stamped(byte[] file, Instant time, String authority) implements Result {}

    /** There is none; nothing may look as if there were. */
    record Refused(String reason) implements Result {}
  }

  /** Name of the authority for people; says so when it is the built-in one for demonstrations. */
  String authority();

  /** Whether a time stamp stands inside this signature already. */
  boolean isInside(byte[] signature) throws IOException;

  /** Puts a time stamp over the signature's value inside; the new signature is the result. */
  Result inside(byte[] signature) throws IOException;

  /** Makes a {@code TimeStampResp} over a whole file. */
  Result beside(byte[] file) throws IOException;

  /** Stamps that are left, in words; empty when the authority does not say. */
  String credits();
}
