package tr.emanet;

import java.util.List;
import java.util.Set;
import tr.emanet.event.Role;
import tr.emanet.web.RailItem;

/** The pages at the rail, in their order; the first is where a log-in leads. */
final class Rail {

  private Rail() {}

  static List<RailItem> items() {
    return List.of(
        new RailItem("overview", "/overview", "nav-shift", "web.nav.overview", "n", false),
        new RailItem("search", "/search", "nav-search", "web.nav.search", "a", false),
        new RailItem(
            "alerts",
            "/alerts",
            "nav-alerts",
            "web.nav.alerts",
            "l",
            false,
            Set.of(Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR)),
        new RailItem(
            "indicators",
            "/indicators",
            "nav-target",
            "web.nav.indicators",
            "s",
            false,
            Set.of(Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR)),
        more("feeds", "/indicators/feeds"),
        more("lists", "/indicators/lists"),
        more("hunt", "/hunt"),
        new RailItem(
            "notices",
            "/notices",
            "nav-notices",
            "web.nav.notices",
            "b",
            false,
            Set.of(Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR)),
        new RailItem(
            "assets",
            "/assets",
            "nav-assets",
            "web.nav.assets",
            "v",
            false,
            Set.of(Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR)),
        new RailItem(
            "backups",
            "/backups",
            "nav-backups",
            "web.nav.backups",
            "y",
            false,
            Set.of(Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR)),
        new RailItem(
            "archives",
            "/archives",
            "nav-archives",
            "web.nav.archives",
            "m",
            false,
            Set.of(Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR)),
        new RailItem(
            "lookup5651",
            "/lookup5651",
            "nav-lookup",
            "web.nav.lookup5651",
            "k",
            false,
            Set.of(Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR)),
        new RailItem(
            "people",
            "/people",
            "nav-people",
            "web.nav.people",
            "p",
            true,
            Set.of(Role.ADMINISTRATOR)),
        new RailItem(
            "audit", "/audit", "nav-audit", "web.nav.audit", "d", true, Set.of(Role.AUDITOR)),
        new RailItem("system", "/system", "nav-system", "web.nav.system", "t", true));
  }

  /** A page below another one, for the jump box. */
  private static RailItem more(String id, String href) {
    return new RailItem(
        id,
        href,
        "",
        "web.nav." + id,
        "",
        false,
        Set.of(Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR));
  }
}
