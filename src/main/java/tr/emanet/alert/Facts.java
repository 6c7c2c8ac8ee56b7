package tr.emanet.alert;

/** Names of what a hit may tell about itself; every value is text, absent means unknown. */
public final class Facts {

  /** How many more events matched in a retro-hunt than the alert counts; they were not kept. */
  public static final String MORE = "more";

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

  /** How the role is known: inventory or direction. */
  public static final String ROLE_BY = "role_by";

  /** When somebody logged in from outside after a hit (ISO instant). */
  public static final String LOGIN_AT = "login_at";

  /** Address from which that was. */
  public static final String LOGIN_FROM = "login_from";

  /** The event of that log-in, {@code stream:sequence}. */
  public static final String LOGIN_EVENT = "login_event";

  /** Numbers of the other alerts that raised this one, up to five. */
  public static final String SEVERAL = "several";

  /** What is wrong with a feed: failed, broken, waiting or silent. */
  public static final String CONDITION = "condition";

  /** Why, as the feed's failure is called: {@code html}. */
  public static final String REASON = "reason";

  /** What was seen, in English, as it came. */
  public static final String DETAIL = "detail";

  /** When the condition began (ISO instant). */
  public static final String SINCE = "since";

  /** Begin of the last fetch that is in force (ISO instant). */
  public static final String LAST_GOOD = "last_good";

  /** When the condition was over (ISO instant); absent while it stands. */
  public static final String ENDED = "ended";

  public static final String ALLOWED = "allowed";
  public static final String SERVER = "server";

  private Facts() {}
}
