package tr.emanet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertFilter;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Facts;
import tr.emanet.asset.AssetEntry;
import tr.emanet.asset.Assets;
import tr.emanet.asset.http.AssetLinks;
import tr.emanet.event.Principal;
import tr.emanet.indicator.notice.NoticeDesk;
import tr.emanet.indicator.notice.NoticeMatch;
import tr.emanet.indicator.notice.NoticeRow;
import tr.emanet.web.Texts;
import tr.emanet.web.Urls;
import tr.emanet.web.Visible;

/** Alerts and notices of an asset: the inventory itself knows nothing of either. */
record AssetAlertLinks(Assets assets, Alerts alerts, NoticeDesk desk) implements AssetLinks {

  private static final int LOOKED_AT = 500;
  private static final int SHOWN = 20;

  @Override
  public List<Link> alerts(AssetEntry asset, Principal who, Texts texts) {
    return alerts.list(AlertFilter.OPEN, who, null, LOOKED_AT).stream()
        .filter(alert -> concerns(alert, asset))
        .limit(SHOWN)
        .map(alert -> link(alert, texts))
        .toList();
  }

  private boolean concerns(Alert alert, AssetEntry asset) {
    AssetEntry found = assets.called(alert.asset());
    return found != null && found.key().equals(asset.key());
  }

  private static Link link(Alert alert, Texts texts) {
    String value = alert.fact(Facts.INDICATOR);
    if (value.isEmpty()) {
      value = alert.fact(Facts.TITLE).isEmpty() ? alert.key() : alert.fact(Facts.TITLE);
    }
    return new Link(
        Urls.path("/alerts").with("open", alert.number()).toString(),
        alert.number(),
        Visible.pieces(value.length() > 200 ? value.substring(0, 200) + "…" : value),
        alert.severity().id(),
        texts.get("alert.severity." + alert.severity().id()));
  }

  @Override
  public List<Link> notices(AssetEntry asset, Principal who, Texts texts) {
    return desk.matchesOfAsset(asset.key(), SHOWN).stream()
        .map(match -> link(match, who, texts))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Link> link(NoticeMatch match, Principal who, Texts texts) {
    Optional<NoticeRow> row = desk.find(match.notice().id(), who);
    return row.map(
        notice ->
            new Link(
                Urls.path("/notices")
                    .with("tab", notice.tally().closed() ? "closed" : "")
                    .with("open", notice.key().id())
                    .toString(),
                notice.slug().isBlank()
                    ? notice.key().id()
                    : notice.slug().toUpperCase(Locale.ROOT),
                Visible.pieces(notice.title()),
                "",
                texts.get("notice.confidence." + match.confidence().id())));
  }
}
