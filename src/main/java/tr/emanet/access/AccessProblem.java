package tr.emanet.access;

import java.util.Locale;

/** Why something about people or tokens was refused; each has a text in both languages. */
public enum AccessProblem {
  BAD_NAME,
  BAD_DISPLAY_NAME,
  NAME_TAKEN,
  UNKNOWN_USER,
  LAST_ADMINISTRATOR,
  NO_ROLE,
  ROLE_NOT_HELD,
  BAD_LABEL,
  BAD_VALIDITY,
  UNKNOWN_TOKEN,
  PASSWORD_TOO_SHORT,
  PASSWORD_TOO_LONG,
  PASSWORD_COMMON,
  PASSWORD_LIKE_NAME,
  PASSWORD_SAME,
  WRONG_PASSWORD,
  WRONG_CODE,
  ALREADY_SET_UP,
  BUSY,
  WAIT;

  /**
   * Stable short name, such as {@code name-taken}; the text key is {@code access.problem.} + it.
   */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The HTTP status that fits. */
  public int status() {
    return switch (this) {
      case UNKNOWN_USER, UNKNOWN_TOKEN -> 404;
      case NAME_TAKEN, LAST_ADMINISTRATOR, ALREADY_SET_UP -> 409;
      case ROLE_NOT_HELD -> 403;
      case BUSY -> 503;
      case WAIT -> 429;
      case BAD_NAME,
          BAD_DISPLAY_NAME,
          NO_ROLE,
          BAD_LABEL,
          BAD_VALIDITY,
          PASSWORD_TOO_SHORT,
          PASSWORD_TOO_LONG,
          PASSWORD_COMMON,
          PASSWORD_LIKE_NAME,
          PASSWORD_SAME,
          WRONG_PASSWORD,
          WRONG_CODE ->
          422;
    };
  }
}
