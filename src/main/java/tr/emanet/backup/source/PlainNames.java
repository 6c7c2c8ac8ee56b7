package tr.emanet.backup.source;

import java.util.regex.Pattern;

/** What names of servers, people and keys look like; none can be read as an option. */
final class PlainNames {

  static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9.:_-]{0,252}");
  static final Pattern USER = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.@-]{0,63}");
  static final Pattern HOST_KEY = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

  private PlainNames() {}
}
