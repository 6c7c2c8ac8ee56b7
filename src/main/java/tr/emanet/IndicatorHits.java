package tr.emanet;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tr.emanet.alert.Asset;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Hit;
import tr.emanet.event.Event;
import tr.emanet.event.Position;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.hunt.HitMaker;
import tr.emanet.indicator.hunt.Observed;
import tr.emanet.indicator.value.CanonicalValue;

/** Makes the hits of indicators, live and in the past. Safe for many threads. */
final class IndicatorHits implements HitMaker {

  private final Asset.OwnNetworks own;

  IndicatorHits(Asset.OwnNetworks own) {
    this.own = own;
  }

  @Override
  public Hit hit(
      Event event, Position position, Indicator indicator, Observed observed, boolean retro) {
    CanonicalValue listed =
        indicator.value().orElseThrow(() -> new IllegalArgumentException("without a value"));
    Instant at = Instant.ofEpochMilli(event.timestampMillis());
    return new Hit(
        Hit.Kind.INDICATOR,
        Hits.key(indicator, listed),
        position,
        at,
        Hits.asset(event, own),
        observed.field(),
        observed.value(),
        retro,
        facts(event, indicator, listed, at, observed.weak()));
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
