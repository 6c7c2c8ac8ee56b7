package tr.emanet.backup.source;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Network devices whose configuration we know how to ask for, how it ends, and which of its lines
 * differ from one time to the next without a change.
 */
public enum DeviceKind {
  /**
   * FortiOS: secrets are salted anew at every output, and the first lines carry a build and a user.
   * The pager must be off: {@code config system console, set output standard}.
   */
  FORTIGATE(
      "show full-configuration",
      Pattern.compile("(?m)^#config-version=|^config system global"),
      Pattern.compile("(?s).*\\nend\\s*"),
      List.of(
          new Rule(Pattern.compile("(?m)^#(?:conf_file_ver|buildno|global_vdom)=.*\\n"), ""),
          new Rule(Pattern.compile("(?m)(^#config-version=[^:\\n]*).*"), "$1"),
          new Rule(Pattern.compile("\\bENC [A-Za-z0-9+/=]+"), "ENC *"),
          new Rule(
              Pattern.compile(
                  "(?s)-----BEGIN ENCRYPTED PRIVATE KEY-----.*?-----END ENCRYPTED PRIVATE"
                      + " KEY-----"),
              "(private key)"),
          new Rule(Pattern.compile("(?m)^(\\s*set (?:uuid|last-updated)) .*"), "$1 *"))),

  /** IOS and IOS XE; {@code terminal length 0} is for sessions, not for one command. */
  CISCO(
      "show running-config",
      Pattern.compile("(?m)^version \\S+|^hostname \\S+"),
      Pattern.compile("(?s).*\\nend\\s*"),
      List.of(
          new Rule(Pattern.compile("(?m)^Building configuration\\.\\.\\.\\s*\\n"), ""),
          new Rule(Pattern.compile("(?m)^Current configuration : \\d+ bytes\\n"), ""),
          new Rule(
              Pattern.compile(
                  "(?m)^! (?:Last configuration change|NVRAM config last updated).*\\n"),
              ""),
          new Rule(Pattern.compile("(?m)^ntp clock-period \\d+\\n"), ""))),

  /** RouterOS: the comment on top has the time and the serial number. */
  MIKROTIK(
      "/export show-sensitive",
      Pattern.compile("(?m)^# .*RouterOS \\d"),
      Pattern.compile("(?s).*\\n/?\\S.*\\n?"),
      List.of(new Rule(Pattern.compile("(?m)^# .* by RouterOS (\\S+)"), "# RouterOS $1")));

  /** A replacement that makes two outputs of one configuration equal. */
  private record Rule(Pattern pattern, String by) {}

  private final String command;
  private final Pattern begins;
  private final Pattern ends;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Rule> rules;

  DeviceKind(String command, Pattern begins, Pattern ends, List<Rule> rules) {
    this.command = command;
    this.begins = begins;
    this.ends = ends;
    this.rules = rules;
  }

  /** What is asked. */
  String command() {
    return command;
  }

  /** Whether a text is a whole configuration: it has its head and its last line. */
  boolean whole(String text) {
    String plain = text.replace("\r\n", "\n");
    return begins.matcher(plain).find() && ends.matcher(plain).matches();
  }

  /** The text without what differs each time, for comparing only. */
  String normalised(String text) {
    String out = text.replace("\r\n", "\n");
    for (Rule rule : rules) {
      out = rule.pattern().matcher(out).replaceAll(rule.by());
    }
    return out;
  }
}
