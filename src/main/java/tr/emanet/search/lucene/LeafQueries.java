package tr.emanet.search.lucene;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSet;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.DocIdSetBuilder;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.IpAddress;
import tr.emanet.index.Schema;
import tr.emanet.index.WordQuery;
import tr.emanet.search.Glob;

/** Makes the queries that Lucene does not have. They belong to one partition and one search. */
final class LeafQueries {

  /** Dictionary entries between two looks at the clock. */
  private static final int CHECK_EVERY = 1023;

  /** A column is read in runs when at least one in so many documents is asked about. */
  private static final int BLOCK_PAYS_OFF = 16;

  /** A test on the bytes of one value. */
  interface ValueTest {
    Verdict test(BytesRef value);
  }

  /** What a value says; a value that was cut when it was stored cannot always decide. */
  enum Verdict {
    NO,
    YES,
    ASK_RECORD
  }

  /** A test on one record, read from the journal. */
  interface RecordTest {
    boolean holds(long sequence) throws IOException;
  }

  private final Deadline deadline;

  LeafQueries(Deadline deadline) {
    this.deadline = deadline;
  }

  /** Documents whose record passes a test; by far the dearest check, so it comes last. */
  Query records(RecordTest test) {
    return new LeafQuery(
        "record",
        leaf -> {
          NumericDocValues sequences = leaf.reader().getNumericDocValues(Schema.SEQUENCE);
          if (sequences == null) {
            return null;
          }
          DocIdSetIterator all = DocIdSetIterator.all(leaf.reader().maxDoc());
          return new LeafQuery.Answer.Checked(
              new TwoPhaseIterator(all) {
                @Override
                public boolean matches() throws IOException {
                  deadline.check();
                  return sequences.advanceExact(all.docID()) && test.holds(sequences.longValue());
                }

                @Override
                public float matchCost() {
                  return 100_000;
                }
              });
        });
  }

  /** Whether the text of an address in a column fits. */
  static Verdict addressFits(Glob glob, BytesRef address) {
    byte[] text = IpAddress.text(address.bytes, address.offset).getBytes(StandardCharsets.US_ASCII);
    return glob.matches(text, 0, text.length) ? Verdict.YES : Verdict.NO;
  }

  /** Documents with a value in a sorted column that passes a test; each value is tested once. */
  Query values(String field, ValueTest test, RecordTest whenCut) {
    Map<Object, byte[]> known = new HashMap<>();
    return new LeafQuery(
        field,
        leaf -> {
          SortedDocValues values = leaf.reader().getSortedDocValues(field);
          NumericDocValues sequences = leaf.reader().getNumericDocValues(Schema.SEQUENCE);
          if (values == null || sequences == null) {
            return null;
          }
          byte[] verdicts =
              known.computeIfAbsent(leaf.id(), id -> new byte[values.getValueCount()]);
          return new LeafQuery.Answer.Checked(
              new TwoPhaseIterator(values) {
                private int asked;

                @Override
                public boolean matches() throws IOException {
                  int ord = values.ordValue();
                  int verdict = verdicts[ord];
                  if (verdict == 0) {
                    if ((++asked & CHECK_EVERY) == 0) {
                      deadline.check();
                    }
                    verdict = 1 + test.test(values.lookupOrd(ord)).ordinal();
                    verdicts[ord] = (byte) verdict;
                  }
                  return verdict == 2 || verdict == 3 && record();
                }

                private boolean record() throws IOException {
                  deadline.check();
                  return sequences.advanceExact(values.docID())
                      && whenCut.holds(sequences.longValue());
                }

                @Override
                public float matchCost() {
                  return 20;
                }
              });
        });
  }

  /** Documents whose number in a column passes a test. */
  Query numbers(String field, LongPredicate test) {
    return new LeafQuery(
        field,
        leaf -> {
          NumericDocValues values = leaf.reader().getNumericDocValues(field);
          return values == null
              ? null
              : new LeafQuery.Answer.Checked(
                  new TwoPhaseIterator(values) {
                    @Override
                    public boolean matches() throws IOException {
                      return test.test(values.longValue());
                    }

                    @Override
                    public float matchCost() {
                      return 10;
                    }
                  });
        });
  }

  /** Documents whose number in a column lies in a range. */
  Query range(String field, long low, long high) {
    return new LeafQuery(
        field,
        leaf -> {
          NumericDocValues values = leaf.reader().getNumericDocValues(field);
          NumericDocValues again = leaf.reader().getNumericDocValues(field);
          if (values == null || again == null) {
            return null;
          }
          int maxDoc = leaf.reader().maxDoc();
          TwoPhaseIterator check =
              new TwoPhaseIterator(values) {
                @Override
                public boolean matches() throws IOException {
                  long value = values.longValue();
                  return value >= low && value <= high;
                }

                @Override
                public float matchCost() {
                  return 5;
                }
              };
          return new LeafQuery.Answer.Either(
              check, new NumberRange(again, low, high, maxDoc), maxDoc / BLOCK_PAYS_OFF);
        });
  }

  /** Documents with a term that fits a pattern; walks the dictionary of each leaf once. */
  Query terms(String field, byte[] before, Glob glob) {
    byte[] prefix = glob.prefix();
    byte[] start = new byte[before.length + prefix.length];
    System.arraycopy(before, 0, start, 0, before.length);
    System.arraycopy(prefix, 0, start, before.length, prefix.length);
    return remembered(
        field + ":glob",
        leaf -> {
          Terms terms = leaf.reader().terms(field);
          return terms == null
              ? null
              : walk(leaf, terms, null, new BytesRef(start), before.length, glob);
        });
  }

  /** Documents with a word that fits a pattern, on its own or in a template. */
  Query words(Glob glob) {
    BytesRef start = new BytesRef(glob.prefix());
    Query words =
        remembered(
            "word:glob",
            leaf -> {
              Terms terms = leaf.reader().terms(Schema.TERMS);
              Terms templates = leaf.reader().terms(Schema.COMMON);
              return terms == null ? null : walk(leaf, terms, templates, start, 0, glob);
            });
    if (!glob.mayBeNumber()) {
      return words;
    }
    return new BooleanQuery.Builder()
        .add(words, BooleanClause.Occur.SHOULD)
        .add(terms(Schema.NUMBERS, new byte[0], glob), BooleanClause.Occur.SHOULD)
        .build();
  }

  private @Nullable DocIdSet walk(
      LeafReaderContext leaf,
      Terms terms,
      @Nullable Terms templates,
      BytesRef start,
      int skip,
      Glob glob)
      throws IOException {
    DocIdSetBuilder docs = new DocIdSetBuilder(leaf.reader().maxDoc(), terms);
    boolean some = templates != null && addTemplates(docs, templates, glob);
    TermsEnum all = terms.iterator();
    PostingsEnum postings = null;
    int seen = 0;
    boolean found = all.seekCeil(start) != TermsEnum.SeekStatus.END;
    for (BytesRef term = found ? all.term() : null;
        term != null && StringHelper.startsWith(term, start);
        term = all.next()) {
      if ((++seen & CHECK_EVERY) == 0) {
        deadline.check();
      }
      if (glob.matches(term.bytes, term.offset + skip, term.offset + term.length)) {
        postings = all.postings(postings, PostingsEnum.NONE);
        docs.add(postings);
        some = true;
      }
    }
    return some ? docs.build() : null;
  }

  private static boolean addTemplates(DocIdSetBuilder docs, Terms templates, Glob glob)
      throws IOException {
    boolean some = false;
    PostingsEnum postings = null;
    TermsEnum all = templates.iterator();
    for (BytesRef template = all.next(); template != null; template = all.next()) {
      if (WordQuery.anyWord(
          template, word -> glob.matches(word.bytes, word.offset, word.offset + word.length))) {
        postings = all.postings(postings, PostingsEnum.NONE);
        docs.add(postings);
        some = true;
      }
    }
    return some;
  }

  /** The same documents as another query, computed once a leaf: for queries asked in windows. */
  Query once(Query inner, IndexSearcher searcher) throws IOException {
    Weight weight = searcher.createWeight(searcher.rewrite(inner), ScoreMode.COMPLETE_NO_SCORES, 1);
    return remembered(
        inner.toString(),
        leaf -> {
          Scorer scorer = weight.scorer(leaf);
          if (scorer == null) {
            return null;
          }
          DocIdSetBuilder docs = new DocIdSetBuilder(leaf.reader().maxDoc());
          docs.add(scorer.iterator());
          return docs.build();
        });
  }

  private interface Builder {
    @Nullable DocIdSet build(LeafReaderContext leaf) throws IOException;
  }

  private static Query remembered(String name, Builder builder) {
    Map<Object, DocIdSet> known = new HashMap<>();
    return new LeafQuery(
        name,
        leaf -> {
          DocIdSet docs = known.get(leaf.id());
          if (docs == null) {
            DocIdSet built = builder.build(leaf);
            docs = built == null ? DocIdSet.EMPTY : built;
            known.put(leaf.id(), docs);
          }
          DocIdSetIterator iterator = docs.iterator();
          return iterator == null ? null : new LeafQuery.Answer.Docs(iterator);
        });
  }
}
