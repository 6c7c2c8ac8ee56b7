package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.alert.Alert;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Hit;
import tr.emanet.alert.http.MeasuresApiResource;
import tr.emanet.alert.measure.Answers;
import tr.emanet.alert.measure.Evidence;
import tr.emanet.alert.measure.Measures;
import tr.emanet.crypto.Tokens;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.http.BlockListsScreenResource;
import tr.emanet.indicator.http.ListsResource;
import tr.emanet.indicator.list.BlockLists;
import tr.emanet.indicator.list.ListDoor;
import tr.emanet.indicator.list.ListSpec;
import tr.emanet.indicator.list.Pull;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.IndicatorKind;
import tr.emanet.search.Masking;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;

/** Block lists and measures, wired: what firewalls pulled stands beside what people wrote. */
final class Lists implements RevisionListener, Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Lists.class);
  private static final int PULLS_SHOWN = 3;

  private final Alerts alerts;
  private final BlockLists blockLists;
  private final ListDoor door;
  private final Answers answers;

  private Lists(Alerts alerts, BlockLists blockLists, ListDoor door, Measures measures) {
    this.alerts = alerts;
    this.blockLists = blockLists;
    this.door = door;
    this.answers = new Answers(measures, this::evidence);
  }

  /** Makes everything; lists are made from now on, beside the rest of the start. */
  static Lists open(Detection.Parts parts, Alerts alerts) throws IOException {
    Settings.Indicators settings = parts.settings().indicators();
    BlockLists blockLists =
        new BlockLists(
            settings.lists().stream().map(ListSpec::list).toList(),
            new BlockLists.Sources(
                new IndicatorStore(parts.database()),
                new NeverBlock(settings.neverBlock()),
                alerts::policy),
            parts.database(),
            parts.state().root().resolve("lists"),
            parts.clock());
    ListDoor door =
        new ListDoor(
            blockLists,
            parts.database(),
            parts.access().keys(),
            new Tokens(parts.random()),
            parts.audit(),
            parts.clock());
    Measures measures = new Measures(parts.database(), parts.audit(), parts.clock());
    blockLists.start();
    return new Lists(alerts, blockLists, door, measures);
  }

  Measures measures() {
    return answers.measures();
  }

  /** For the panel of an alert. */
  Answers answers() {
    return answers;
  }

  /** For the screen of indicators. */
  BlockLists blockLists() {
    return blockLists;
  }

  @Override
  public void applied(Revision revision) {
    blockLists.refresh();
  }

  @Override
  public void failed(String feed, FeedFailure failure, String detail) {
    LOG.atDebug().addKeyValue("feed", feed).log("Block lists stay as they are");
  }

  /** In which lists the indicator of an alert is, and which firewalls have them. */
  private List<Evidence.Fact> evidence(Alert alert) {
    List<Evidence.Fact> out = new ArrayList<>();
    Optional<CanonicalValue> value =
        alert.kind() == Hit.Kind.INDICATOR ? value(alert) : Optional.empty();
    if (value.isEmpty()) {
      return out;
    }
    for (BlockLists.Place place : blockLists.places(value.get(), PULLS_SHOWN)) {
      String name = place.list() + " r." + place.version();
      out.add(new Evidence.Fact("listed", place.list(), name, place.since()));
      for (Pull pull : place.firstPulls()) {
        out.add(
            new Evidence.Fact(
                "pulled", pull.who(), place.list() + " r." + pull.version(), pull.firstAt()));
      }
    }
    out.sort(Comparator.comparing(Evidence.Fact::at));
    return out;
  }

  /** The key of a hit names feed, kind and value. */
  private static Optional<CanonicalValue> value(Alert alert) {
    String text = alert.fact(Facts.INDICATOR);
    for (IndicatorKind kind : IndicatorKind.values()) {
      if (alert.key().startsWith(alert.fact(Facts.FEED) + ":" + kind.id() + ":")
          && CanonicalValue.isCanonical(kind, text)) {
        return Optional.of(CanonicalValue.of(kind, text));
      }
    }
    return Optional.empty();
  }

  void install(Environment environment, Masking masking, Pages pages, Shells shells) {
    environment.jersey().register(new BlockListsScreenResource(blockLists, door, pages, shells));
    environment.jersey().register(new MeasuresApiResource(alerts, answers, masking, shells));
    environment.jersey().register(new ListsResource(blockLists, door, shells));
  }

  /** After the web server has stopped and before the store closes. */
  @Override
  public void close() {
    blockLists.close();
  }
}
