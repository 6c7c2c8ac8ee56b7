package tr.emanet.crypto.stamp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import tr.emanet.crypto.Asn1Bounds;
import tr.emanet.crypto.stamp.TimeStamping.Granted;
import tr.emanet.crypto.stamp.TimeStamping.Kind;
import tr.emanet.crypto.stamp.TimeStamping.Refused;

/** Judges what an authority answered with HTTP 200: a stamp, a refusal, or something else. */
final class TimeStampAnswer {

  private static final int MAX_QUOTE = 200;
  private static final int LEAST_TEXT = 4;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z<]{4}");

  private TimeStampAnswer() {}

  static TimeStamping judge(
      byte[] body, TimeStampRequest asked, Collection<X509Certificate> anchors) {
    if (body.length == 0) {
      return new Refused(Kind.UNACCEPTABLE, "the authority answered with nothing");
    }
    TimeStampResponse response;
    try {
      Asn1Bounds.check(body, TimeStampCheck.MAX_BYTES, "the answer");
      response = new TimeStampResponse(body);
    } catch (IOException | TSPException | RuntimeException e) {
      // The parser meets hostile structures with all kinds of unchecked exceptions.
      return notAStamp(body);
    }
    int status = response.getStatus();
    if (status != PKIStatus.GRANTED && status != PKIStatus.GRANTED_WITH_MODS) {
      return new Refused(Kind.REJECTED, "the authority refused: " + words(response));
    }
    return granted(response, asked, anchors);
  }

  private static TimeStamping granted(
      TimeStampResponse response, TimeStampRequest asked, Collection<X509Certificate> anchors) {
    TimeStampToken token = response.getTimeStampToken();
    if (token == null) {
      return unacceptable("the authority granted a time stamp and sent none");
    }
    if (asked.getNonce() == null || !asked.getNonce().equals(token.getTimeStampInfo().getNonce())) {
      return unacceptable("the time stamp answers another request (wrong nonce)");
    }
    if (asked.getReqPolicy() != null
        && !asked.getReqPolicy().equals(token.getTimeStampInfo().getPolicy())) {
      return unacceptable(
          "the time stamp was made under policy "
              + token.getTimeStampInfo().getPolicy().getId()
              + ", not the one asked for");
    }
    return switch (TimeStampCheck.check(token, asked.getMessageImprintDigest(), anchors)) {
      case TimeStampCheck.Result.Invalid(var reason) -> unacceptable(reason);
      case TimeStampCheck.Result.Valid valid -> granted(response, token, valid);
    };
  }

  private static TimeStamping granted(
      TimeStampResponse response, TimeStampToken token, TimeStampCheck.Result.Valid valid) {
    try {
      return new Granted(
          response.getEncoded(ASN1Encoding.DL),
          TimeStampCheck.encoded(token),
          valid.time(),
          valid.chain(),
          valid.serial(),
          valid.policy());
    } catch (IOException e) {
      return unacceptable("the time stamp cannot be stored: " + e.getMessage());
    }
  }

  private static Refused unacceptable(String reason) {
    return new Refused(Kind.UNACCEPTABLE, reason);
  }

  private static Refused notAStamp(byte[] body) {
    String start =
        new String(body, 0, Math.min(body.length, MAX_QUOTE), StandardCharsets.ISO_8859_1).strip();
    if (start.startsWith("<")) {
      return unacceptable("the authority answered with a web page, not with a time stamp");
    }
    // Kamu SM answers a wrong account with HTTP 200 and a text inside some other structure.
    List<String> texts = (body[0] & 0xff) == 0x30 ? texts(body) : List.of(printable(body));
    String text = quote(String.join("; ", texts));
    return text.isBlank()
        ? unacceptable("the authority's answer is no time stamp")
        : new Refused(Kind.REJECTED, "the authority refused: " + text);
  }

  private static String words(TimeStampResponse response) {
    String text = response.getStatusString();
    if (text != null && !text.isBlank()) {
      return quote(text);
    }
    PKIFailureInfo failure = response.getFailInfo();
    if (failure == null) {
      return "status " + response.getStatus();
    }
    return switch (failure.intValue()) {
      case PKIFailureInfo.badAlg -> "it does not take this digest algorithm";
      case PKIFailureInfo.badRequest -> "it does not take this request";
      case PKIFailureInfo.badDataFormat -> "it does not understand the request";
      case PKIFailureInfo.timeNotAvailable -> "its time source is not available";
      case PKIFailureInfo.unacceptedPolicy -> "it does not take this policy";
      case PKIFailureInfo.systemFailure -> "it failed inside";
      default -> "failure " + failure.intValue();
    };
  }

  /** The text strings in a DER structure of unknown form; does not recurse. */
  private static List<String> texts(byte[] body) {
    List<String> out = new ArrayList<>();
    int at = 0;
    while (at + 1 < body.length && out.size() < 5) {
      int tag = body[at];
      int length = body[at + 1];
      boolean text = tag == 0x0c || tag == 0x13 || tag == 0x16 || tag == 0x1a;
      if (text && length >= LEAST_TEXT && at + 2 + length <= body.length) {
        out.add(new String(body, at + 2, length, StandardCharsets.UTF_8));
        at += 2 + length;
      } else {
        at++;
      }
    }
    return out;
  }

  private static String printable(byte[] body) {
    for (byte b : body) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return "";
      }
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  /** On one line, without control characters, not long. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(MAX_QUOTE)
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .forEach(out::appendCodePoint);
    return out.toString().strip().replaceAll(" +", " ");
  }

  /**
   * The number in an answer to a credit query; -1 when there is none, or when the answer has words:
   * a refusal names the customer number, which must not be taken for credits.
   */
  static long number(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    Matcher number = NUMBER.matcher(text);
    return !WORD.matcher(text).find() && number.find() ? Long.parseLong(number.group()) : -1;
  }
}
