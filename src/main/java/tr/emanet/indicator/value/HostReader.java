package tr.emanet.indicator.value;

import org.jspecify.annotations.Nullable;
import tr.emanet.event.HostText;
import tr.emanet.event.IpAddress;

/** Reads the host part of a value: an address or a name, in any case and script. Pure functions. */
final class HostReader {

  private HostReader() {}

  /** A DOMAIN, an ADDRESS or why it is neither. Brackets around an IPv6 address are accepted. */
  static Reading host(String text) {
    if (text.length() > HostText.MAX_TEXT) {
      return Refused.because(Refusal.TOO_LONG);
    }
    if (text.startsWith("[") && text.endsWith("]") || text.indexOf(':') >= 0) {
      boolean open = text.startsWith("[");
      return address(open ? text.substring(1, text.length() - 1) : text);
    }
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (numeric(name)) {
      return address(name);
    }
    return name(name);
  }

  /** Exactly one address; leading zeros are refused, because some programs read them as octal. */
  static Reading address(String text) {
    byte[] parsed = text.length() > 45 ? null : IpAddress.parse(text);
    if (parsed == null) {
      return Refused.because(Refusal.ADDRESS_FORM);
    }
    if (IpAddress.isV4(parsed, 0)) {
      String quad = text.substring(text.lastIndexOf(':') + 1);
      if (quad.indexOf('.') >= 0 && !IpAddress.text(parsed, 0).equals(quad)) {
        return new Refused(Refusal.ADDRESS_FORM, "leading zero");
      }
    }
    return CanonicalValue.of(IndicatorKind.ADDRESS, IpAddress.text(parsed, 0));
  }

  /** Whether the last part of a name is a number, so that it can only be meant as an address. */
  private static boolean numeric(String name) {
    int last = name.lastIndexOf('.') + 1;
    if (last == name.length()) {
      return false;
    }
    for (int i = last; i < name.length(); i++) {
      if (!Characters.digit(name.charAt(i))) {
        return name.startsWith("0x", last) && hexadecimal(name, last + 2);
      }
    }
    return true;
  }

  private static boolean hexadecimal(String name, int from) {
    for (int i = from; i < name.length(); i++) {
      if (Characters.hex(name.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static Reading name(String text) {
    String ascii = HostText.ascii(text);
    if (ascii == null) {
      return Refused.because(Refusal.IDN);
    }
    Refused problem = problem(ascii);
    return problem == null ? CanonicalValue.of(IndicatorKind.DOMAIN, ascii) : problem;
  }

  private static @Nullable Refused problem(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      int c = ascii.charAt(i);
      if (!Characters.label(c) && c != '.') {
        return new Refused(Refusal.CHARACTER, "in the host name at " + i);
      }
    }
    if (ascii.length() > Grammar.MAX_NAME) {
      return new Refused(Refusal.TOO_LONG, "host name above 253");
    }
    int start = 0;
    int labels = 0;
    for (int i = 0; i <= ascii.length(); i++) {
      if (i < ascii.length() && ascii.charAt(i) != '.') {
        continue;
      }
      if (i - start > Grammar.MAX_LABEL) {
        return new Refused(Refusal.TOO_LONG, "label above 63");
      }
      if (!Grammar.label(ascii, start, i)) {
        return new Refused(Refusal.LABEL, "label " + (labels + 1));
      }
      labels++;
      if (i == ascii.length()) {
        if (labels == 1) {
          return Refused.because(Refusal.SINGLE_LABEL);
        }
        if (!Grammar.topLevel(ascii, start, i)) {
          return Refused.because(Refusal.TOP_LEVEL);
        }
      }
      start = i + 1;
    }
    return null;
  }
}
