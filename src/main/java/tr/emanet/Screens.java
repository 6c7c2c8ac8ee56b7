package tr.emanet;

import io.dropwizard.core.setup.Environment;
import tr.emanet.alert.MatchStore;
import tr.emanet.alert.measure.Measures;
import tr.emanet.indicator.IndicatorListStore;
import tr.emanet.indicator.RevisionDiffStore;
import tr.emanet.indicator.http.FeedsScreenResource;
import tr.emanet.indicator.http.HuntScreenResource;
import tr.emanet.indicator.http.IndicatorFacts;
import tr.emanet.indicator.http.IndicatorScreenResource;
import tr.emanet.indicator.hunt.Hunts;
import tr.emanet.search.Masking;
import tr.emanet.store.Database;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;

/** The pages of indicators and feeds, wired. */
final class Screens {

  private final IndicatorFeeds feeds;
  private final IndicatorFacts facts;
  private final RevisionDiffStore diffs;
  private final MatchStore matches;

  Screens(IndicatorFeeds feeds, Measures measures) {
    Database database = feeds.database();
    this.feeds = feeds;
    this.diffs = new RevisionDiffStore(database);
    this.matches = new MatchStore(database);
    this.facts =
        new IndicatorFacts(
            feeds.store(),
            new IndicatorListStore(database),
            feeds.words(),
            matches,
            feeds.neverBlock(),
            i -> i.value().map(v -> Hits.key(i, v)).orElse(""));
    facts.measured(new MeasuredHits(measures, matches));
  }

  MatchStore matches() {
    return matches;
  }

  /** What these pages read; the overview reads it too. */
  IndicatorFacts facts() {
    return facts;
  }

  /** Offers the pages. */
  void install(Environment environment, Hunts hunts, Masking masking, Pages pages, Shells shells) {
    environment.jersey().register(new HuntScreenResource(hunts, masking, pages, shells));
    environment
        .jersey()
        .register(new IndicatorScreenResource(facts, feeds.revisions(), masking, pages, shells));
    environment
        .jersey()
        .register(
            new FeedsScreenResource(
                feeds.revisions(), feeds.schedule(), feeds.acts(), facts, diffs, pages, shells));
  }
}
