package tr.emanet.indicator.list;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.alert.Policy;
import tr.emanet.alert.Severity;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.value.CanonicalValue;

/**
 * Picks what a list takes of all that is offered to it: the worst, then the newest, then by text,
 * so that the same indicators always give the same list. Holds at most a quarter more than the list
 * may have. One thread only.
 */
final class Selection {

  /** Reports of citizens to USOM that nobody confirmed. */
  private static final String REPORT = "IH";

  private static final String USOM = "usom";
  private static final int SURE = 100;
  private static final int REPORTED = 50;

  /** All values of a list together: firewalls bound the size of what they fetch. */
  private static final long MOST_CHARACTERS = 32L << 20;

  private static final Comparator<Map.Entry<String, Rank>> WORST_FIRST =
      Map.Entry.<String, Rank>comparingByValue(Comparator.reverseOrder())
          .thenComparing(Map.Entry.comparingByKey());

  /** How much a value matters. */
  private record Rank(int severity, long at) implements Comparable<Rank> {
    @Override
    public int compareTo(Rank other) {
      int bySeverity = Integer.compare(severity, other.severity);
      return bySeverity != 0 ? bySeverity : Long.compare(at, other.at);
    }
  }

  private final BlockList list;
  private final Policy policy;
  private final Map<String, Rank> kept = new HashMap<>();
  private long characters;
  private int cut;
  private int weak;
  private int poisoned;

  Selection(BlockList list, Policy policy) {
    this.list = list;
    this.policy = policy;
  }

  void offer(Indicator indicator) {
    CanonicalValue value = indicator.value().orElse(null);
    if (value == null) {
      // The store says that it has a value, and it is none: somebody wrote it there.
      poisoned++;
      return;
    }
    if (!list.kind().takes(value.kind())
        || !list.feeds().isEmpty() && !list.feeds().contains(indicator.feed())) {
      return;
    }
    boolean report = indicator.feed().equals(USOM) && indicator.codes().source().equals(REPORT);
    Severity severity =
        policy.byClass().getOrDefault(indicator.codes().connection(), policy.otherwise());
    if (report && !list.includeReports()
        || severity.compareTo(list.minSeverity()) < 0
        || confidence(indicator, report) < list.minConfidence()) {
      weak++;
      return;
    }
    if (!ListGrammar.holds(list.kind(), value.text())) {
      poisoned++;
      return;
    }
    Instant at = indicator.listedAt() == null ? indicator.activeFrom() : indicator.listedAt();
    Rank rank = new Rank(severity.ordinal(), at.toEpochMilli());
    Rank before = kept.get(value.text());
    if (before == null || before.compareTo(rank) < 0) {
      kept.put(value.text(), rank);
      characters += before == null ? value.text().length() + 1 : 0;
    }
    if (kept.size() > list.maxEntries() + list.maxEntries() / 4 + 16
        || characters > MOST_CHARACTERS * 2) {
      prune();
    }
  }

  private static int confidence(Indicator indicator, boolean report) {
    return indicator.feed().equals(USOM)
        ? report ? REPORTED : SURE
        : indicator.codes().criticality();
  }

  private void prune() {
    if (kept.size() <= list.maxEntries() && characters <= MOST_CHARACTERS) {
      return;
    }
    List<Map.Entry<String, Rank>> all = new ArrayList<>(kept.entrySet());
    all.sort(WORST_FIRST);
    int size = 0;
    long sum = 0;
    while (size < Math.min(all.size(), list.maxEntries())
        && sum + all.get(size).getKey().length() < MOST_CHARACTERS) {
      sum += all.get(size++).getKey().length() + 1L;
    }
    cut += all.size() - size;
    List<String> gone = all.subList(size, all.size()).stream().map(Map.Entry::getKey).toList();
    kept.keySet().removeAll(new java.util.HashSet<>(gone));
    characters = sum;
  }

  /** The values in the order of the list. */
  List<String> values() {
    prune();
    List<String> out = new ArrayList<>(kept.keySet());
    out.sort(null);
    return out;
  }

  /** Left out because the list is full. */
  int cut() {
    return cut;
  }

  /** Left out because severity, confidence or source do not suffice. */
  int weak() {
    return weak;
  }

  /** Left out because the value is outside the grammar. */
  int poisoned() {
    return poisoned;
  }
}
