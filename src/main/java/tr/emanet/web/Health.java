package tr.emanet.web;

import java.util.Locale;

/** State of a part of the service, best first; each has its shape, its word and its colour. */
public enum Health {
  OK("health-ok"),
  UNKNOWN("health-unknown"),
  ATTENTION("health-attention"),
  BROKEN("health-broken");

  private final String icon;

  Health(String icon) {
    this.icon = icon;
  }

  /** Name of the shape in the sprite. */
  public String icon() {
    return icon;
  }

  /** Key of the word in the bundles of {@code web}. */
  public String key() {
    return "web.health." + name().toLowerCase(Locale.ROOT);
  }

  /** CSS class that sets the colour. */
  public String css() {
    return "is-" + name().toLowerCase(Locale.ROOT);
  }

  /** The worse of two. */
  public Health worse(Health other) {
    return ordinal() >= other.ordinal() ? this : other;
  }
}
