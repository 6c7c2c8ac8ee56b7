package tr.emanet;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tr.emanet.alert.Asset;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Hit;
import tr.emanet.asset.AssetEntry;
import tr.emanet.asset.AssetKind;
import tr.emanet.asset.Assets;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.Position;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.hunt.HitMaker;
import tr.emanet.indicator.hunt.Observed;
import tr.emanet.indicator.value.CanonicalValue;

/** Makes the hits of indicators, live and in the past. Safe for many threads. */
final class IndicatorHits implements HitMaker {

  private final Asset.OwnNetworks own;
  private final Assets assets;

  IndicatorHits(Asset.OwnNetworks own, Assets assets) {
    this.own = own;
    this.assets = assets;
  }

  @Override
  public Hit hit(
      Event event, Position position, Indicator indicator, Observed observed, boolean retro) {
    CanonicalValue listed =
        indicator.value().orElseThrow(() -> new IllegalArgumentException("without a value"));
    Instant at = Instant.ofEpochMilli(event.timestampMillis());
    String asset = Hits.asset(event, own);
    Map<String, String> facts = facts(event, indicator, listed, at, observed.weak());
    role(event, asset, facts);
    return new Hit(
        Hit.Kind.INDICATOR,
        Hits.key(indicator, listed),
        position,
        at,
        asset,
        observed.field(),
        observed.value(),
        retro,
        facts);
  }

  /**
   * What the asset is: as the inventory says, else by the direction of a connection that was not
   * blocked: who answers an address that is not ours is a server.
   */
  private void role(Event event, String asset, Map<String, String> facts) {
    AssetEntry known = assets.called(asset);
    if (known != null) {
      if (known.kind() == AssetKind.SERVER || known.kind() == AssetKind.CLIENT) {
        facts.put(Facts.ROLE, known.kind().id());
        facts.put(Facts.ROLE_BY, "inventory");
      }
      return;
    }
    String source = event.text(Field.SOURCE_IP);
    String destination = event.text(Field.DESTINATION_IP);
    if (source == null || destination == null) {
      return;
    }
    if (asset.equals(source)) {
      facts.put(Facts.ROLE, "client");
      facts.put(Facts.ROLE_BY, "direction");
    } else if (asset.equals(destination) && !"blocked".equals(facts.get(Facts.OUTCOME))) {
      facts.put(Facts.ROLE, Facts.SERVER);
      facts.put(Facts.ROLE_BY, "direction");
    }
  }

  private static Map<String, String> facts(
      Event event, Indicator indicator, CanonicalValue listed, Instant at, boolean weak) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Facts.INDICATOR, listed.text());
    String type = indicator.codes().type();
    facts.put(Facts.TYPE, type.isEmpty() ? listed.kind().id() : type);
    facts.put(Facts.HOW, weak ? "weak" : "exact");
    facts.put(Facts.FEED, indicator.feed());
    facts.put(Facts.CLASS, indicator.codes().connection());
    facts.put(Facts.SOURCE, indicator.codes().source());
    facts.put(Facts.DESCRIPTION, indicator.codes().description());
    facts.put(Facts.CRITICALITY, Integer.toString(indicator.codes().criticality()));
    Instant since = indicator.listedAt() == null ? indicator.activeFrom() : indicator.listedAt();
    facts.put(Facts.LISTED, since.toString());
    facts.put(Facts.ACTIVE, Boolean.toString(!at.isBefore(since)));
    facts.put(Facts.REVISION, Long.toString(indicator.revision()));
    Hits.describe(event, facts);
    return facts;
  }
}
