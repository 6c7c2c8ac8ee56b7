package tr.emanet.alert;

/** Names of what a hit may tell about itself; every value is text, absent means unknown. */
public final class Facts {

  /** Name of the rule, or absent for indicators. */
  public static final String TITLE = "title";

  /** Severity of a rule: low, medium, high or critical. */
  public static final String LEVEL = "level";

  /** Canonical value of the indicator. */
  public static final String INDICATOR = "indicator";

  /** domain, url, ip, ip6, ip6net or hash. */
  public static final String TYPE = "type";

  /** How it matched: exact, suffix, weak, range, path. */
  public static final String HOW = "how";

  /** Feed, such as {@code usom}. */
  public static final String FEED = "feed";

  /** USOM's {@code connectiontype}: AC, BC, EK, MF, MC, PH, MM, OT. */
  public static final String CLASS = "class";

  /** USOM's {@code source}: US, SO, RS, IH, SB. */
  public static final String SOURCE = "source";

  /** USOM's {@code desc}. */
  public static final String DESCRIPTION = "description";

  /** USOM's {@code criticality_level} as it came. */
  public static final String CRITICALITY = "criticality";

  /** When the indicator was listed (ISO instant). */
  public static final String LISTED = "listed";

  /** When the indicator was removed from the feed, if it was (ISO instant). */
  public static final String REMOVED = "removed";

  /** Whether the indicator was active at event time: true or false. */
  public static final String ACTIVE = "active";

  /** Revision of the feed. */
  public static final String REVISION = "revision";

  /** What the device did: allowed or blocked. */
  public static final String OUTCOME = "outcome";

  /** What the asset is: server or client. */
  public static final String ROLE = "role";

  /** {@code host.name} of the event. */
  public static final String HOST = "host";

  /** {@code user.name} of the event. */
  public static final String USER = "user";

  public static final String ALLOWED = "allowed";
  public static final String SERVER = "server";

  private Facts() {}
}
