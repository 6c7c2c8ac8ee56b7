package tr.emanet.indicator.feed;

import tr.emanet.indicator.FeedEntry;
import tr.emanet.indicator.FeedException;

/** Takes rows as they are read. */
@FunctionalInterface
interface EntrySink {

  void take(FeedEntry entry) throws FeedException;
}
