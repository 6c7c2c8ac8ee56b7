package tr.emanet.search.lucene;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Field;
import tr.emanet.event.IpAddress;
import tr.emanet.index.Schema;
import tr.emanet.index.WordQuery;
import tr.emanet.search.HuntTerms;

/**
 * The events of one segment with an address that is asked for: in a column, or as a word in any
 * spelling. Columns are walked once for all ranges; of a dictionary only the words that have the
 * shape of an address are read. One thread, one use.
 */
final class AddressHunt {

  private static final List<Field> COLUMNS =
      List.of(Field.SOURCE_IP, Field.DESTINATION_IP, Field.EMANET_SOURCE_IP);

  /** Dotted quads, and hexadecimal groups with colons. */
  private static final CompiledAutomaton SHAPE =
      new CompiledAutomaton(
          Operations.determinize(
              new RegExp("[0-9]{1,3}\\.[0-9.]+|[0-9a-f]{0,4}:[0-9a-f:.]*").toAutomaton(), 1000));

  private final LeafReader reader;
  private final HuntTerms terms;
  private final byte[] address = new byte[16];

  AddressHunt(LeafReader reader, HuntTerms terms) {
    this.reader = reader;
    this.terms = terms;
  }

  /**
   * Adds the candidates.
   *
   * @param found the set they go into; asked only when there is one
   */
  void add(Supplier<FixedBitSet> found) throws IOException {
    for (Field field : COLUMNS) {
      PointValues points = reader.getPointValues(field.ecsName());
      if (points != null) {
        points.intersect(new Ranges(found));
      }
    }
    words(Schema.TERMS, found);
    words(Schema.HIDDEN, found);
    Terms templates = reader.terms(Schema.COMMON);
    if (templates != null) {
      TermsEnum all = templates.iterator();
      for (BytesRef template = all.next(); template != null; template = all.next()) {
        if (WordQuery.anyWord(template, this::wanted)) {
          found.get().or(all.postings(null, PostingsEnum.NONE));
        }
      }
    }
  }

  private void words(String field, Supplier<FixedBitSet> found) throws IOException {
    Terms all = reader.terms(field);
    if (all == null) {
      return;
    }
    TermsEnum shaped = all.intersect(SHAPE, null);
    PostingsEnum postings = null;
    for (BytesRef word = shaped.next(); word != null; word = shaped.next()) {
      if (wanted(word)) {
        postings = shaped.postings(postings, PostingsEnum.NONE);
        found.get().or(postings);
      }
    }
  }

  private boolean wanted(BytesRef word) {
    return IpAddress.parse(word.bytes, word.offset, word.offset + word.length, address, 0)
        && terms.wanted(address, 0);
  }

  private final class Ranges implements PointValues.IntersectVisitor {
    private final Supplier<FixedBitSet> found;

    Ranges(Supplier<FixedBitSet> found) {
      this.found = found;
    }

    @Override
    public void visit(int doc) {
      found.get().set(doc);
    }

    @Override
    public void visit(DocIdSetIterator docs) throws IOException {
      found.get().or(docs);
    }

    @Override
    public void visit(int doc, byte[] packed) {
      if (terms.wanted(packed, 0)) {
        found.get().set(doc);
      }
    }

    @Override
    public void visit(DocIdSetIterator docs, byte[] packed) throws IOException {
      if (terms.wanted(packed, 0)) {
        found.get().or(docs);
      }
    }

    @Override
    public PointValues.Relation compare(byte @Nullable [] low, byte @Nullable [] high) {
      int between = low == null || high == null ? 0 : terms.between(low, 0, high, 0);
      return between < 0
          ? PointValues.Relation.CELL_OUTSIDE_QUERY
          : between > 0
              ? PointValues.Relation.CELL_INSIDE_QUERY
              : PointValues.Relation.CELL_CROSSES_QUERY;
    }
  }
}
