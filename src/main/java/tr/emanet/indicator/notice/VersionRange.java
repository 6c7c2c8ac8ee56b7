package tr.emanet.indicator.notice;

import org.jspecify.annotations.Nullable;

/**
 * Versions that a notice names. Immutable.
 *
 * @param from null when everything older counts
 * @param to null when everything newer counts
 * @param text as the notice says it
 */
record VersionRange(@Nullable Bound from, @Nullable Bound to, String text) {

  /**
   * One end.
   *
   * @param branch whether every version that begins like this is meant: {@code 7.4.x}
   */
  record Bound(Version version, boolean inclusive, boolean branch) {

    boolean admitsBelow(Version other) {
      if (branch && other.within(version)) {
        return inclusive;
      }
      int order = other.compareTo(version);
      return order < 0 || order == 0 && inclusive;
    }

    boolean admitsAbove(Version other) {
      if (branch && other.within(version)) {
        return inclusive;
      }
      int order = other.compareTo(version);
      return order > 0 || order == 0 && inclusive;
    }

    /** As the only version. */
    boolean is(Version other) {
      return branch ? other.within(version) : other.compareTo(version) == 0;
    }
  }

  /** How an installed version stands to the range. */
  enum Fit {
    INSIDE,
    /** It may be inside: notice or inventory say too little to be sure. */
    PERHAPS,
    OUTSIDE
  }

  /** A single version or branch. */
  static VersionRange only(Bound bound, String text) {
    return new VersionRange(bound, bound, text);
  }

  Fit fit(Version installed) {
    if (from != null && from.equals(to)) {
      if (from.is(installed)) {
        return Fit.INSIDE;
      }
      return installed.within(from.version()) || installed.coarserThan(from.version())
          ? Fit.PERHAPS
          : Fit.OUTSIDE;
    }
    if (coarse(from, installed) || coarse(to, installed)) {
      return Fit.PERHAPS;
    }
    return (from == null || from.admitsAbove(installed))
            && (to == null || to.admitsBelow(installed))
        ? Fit.INSIDE
        : Fit.OUTSIDE;
  }

  private static boolean coarse(@Nullable Bound bound, Version installed) {
    return bound != null && installed.coarserThan(bound.version());
  }
}
