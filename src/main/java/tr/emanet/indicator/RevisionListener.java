package tr.emanet.indicator;

import java.util.List;

/** Who wants to know what became of fetches. Called on the fetching thread, without any lock. */
public interface RevisionListener {

  /** Nobody. */
  RevisionListener NONE =
      new RevisionListener() {
        @Override
        public void applied(Revision revision) {}

        @Override
        public void failed(String feed, FeedFailure failure, String detail) {}
      };

  /** Tells several, one after another, in this order. */
  static RevisionListener all(RevisionListener... listeners) {
    List<RevisionListener> each = List.of(listeners);
    return new RevisionListener() {
      @Override
      public void applied(Revision revision) {
        each.forEach(listener -> listener.applied(revision));
      }

      @Override
      public void failed(String feed, FeedFailure failure, String detail) {
        each.forEach(listener -> listener.failed(feed, failure, detail));
      }
    };
  }

  /**
   * A list came into force: load it anew, and hunt for what {@link IndicatorStore#newIn(long,
   * java.util.function.Consumer)} names.
   */
  void applied(Revision revision);

  /** The list in force stays; the same failure is told again at each try. */
  void failed(String feed, FeedFailure failure, String detail);
}
