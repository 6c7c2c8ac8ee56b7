package tr.emanet.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Some tools write text where others write bytes. */
public final class Pem {

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";

  private Pem() {}

  /** The bytes inside one PEM block (RFC 7468); anything else as it came. */
  public static byte[] der(byte[] file) {
    if (file.length == 0 || file[0] == 0x30) {
      return file;
    }
    String text = new String(file, StandardCharsets.US_ASCII).strip();
    int body = text.indexOf('\n');
    int end = text.lastIndexOf(END);
    if (!text.startsWith(BEGIN) || body < 0 || end <= body) {
      return file;
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(body, end));
    } catch (IllegalArgumentException e) {
      return file;
    }
  }
}
