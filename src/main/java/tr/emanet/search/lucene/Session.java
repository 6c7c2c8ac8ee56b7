package tr.emanet.search.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;
import tr.emanet.index.IndexView;
import tr.emanet.index.PartitionView;
import tr.emanet.search.Masking;
import tr.emanet.search.Query;
import tr.emanet.search.RecordLoader;
import tr.emanet.search.Results.Coverage;
import tr.emanet.search.TimeRange;

/** One running search: its turn, its picture of the index, its deadline. One thread only. */
final class Session implements Closeable {

  /** Looks at one segment. */
  interface LeafVisitor {
    void visit(Leaf leaf) throws IOException;
  }

  private final Runnable turn;
  private final IndexView view;
  private final RecordLoader loader;
  private final @Nullable Masking masking;
  private final Deadline deadline;

  /**
   * @param turn is run at the end, to give the turn back
   * @param masking when hits are decided by what a masked reader sees, else null
   */
  Session(
      Runnable turn,
      IndexView view,
      RecordLoader loader,
      @Nullable Masking masking,
      Deadline deadline) {
    this.masking = masking;
    this.turn = turn;
    this.view = view;
    this.loader = loader;
    this.deadline = deadline;
  }

  Deadline deadline() {
    return deadline;
  }

  /**
   * The segments that can hold hits, newest first.
   *
   * @param windows whether the query will be asked for many time windows
   */
  List<Leaf> leaves(Query query, TimeRange range, boolean windows) throws IOException {
    List<Leaf> out = new ArrayList<>();
    for (PartitionView partition : view.partitions()) {
      if (partition.maxTimestamp() < range.fromMillis()
          || partition.minTimestamp() >= range.toMillis()) {
        continue;
      }
      PartitionSearch search =
          new PartitionSearch(
              partition, (of, searcher) -> translate(of.stream(), query, searcher, windows));
      for (LeafReaderContext context : search.leaves()) {
        Leaf leaf = Leaf.of(search, context);
        if (leaf != null && leaf.meets(range.fromMillis(), range.toMillis())) {
          out.add(leaf);
        }
      }
    }
    out.sort(Comparator.comparingLong(Leaf::maxMillis).reversed());
    return out;
  }

  private org.apache.lucene.search.Query translate(
      String stream, Query query, IndexSearcher searcher, boolean windows) throws IOException {
    LeafQueries leaves = new LeafQueries(deadline);
    return new Translator(stream, loader, leaves, masking, searcher, windows).translate(query);
  }

  /** The partitions that were there when the search began. */
  List<PartitionView> partitions() {
    return view.partitions();
  }

  /** Visits segments newest first until the deadline. */
  Coverage each(List<Leaf> leaves, TimeRange range, LeafVisitor visitor) throws IOException {
    for (Leaf leaf : leaves) {
      try {
        visitor.visit(leaf);
      } catch (Deadline.Passed passed) {
        // Every later leaf ends before this one does.
        return new Coverage(false, leaf.maxMillis() + 1, deadline.tookMillis());
      }
    }
    return new Coverage(true, range.fromMillis(), deadline.tookMillis());
  }

  @Override
  public void close() {
    try {
      view.close();
    } finally {
      turn.run();
    }
  }
}
