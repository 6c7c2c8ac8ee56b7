package tr.emanet.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermState;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;
import tr.emanet.index.Schema;
import tr.emanet.search.HuntTerms;

/**
 * The events of one segment that may name a value. Each dictionary is sought once in its own order,
 * for all words together; only sets of which every word occurs cost more than that. One thread, one
 * use.
 */
final class SegmentHunt {

  private static final String[] DICTIONARIES = {Schema.TERMS, Schema.NUMBERS, Schema.HIDDEN};

  /** Words in several places are joined in a bit set; so many are kept, the rest made again. */
  private static final int MOST_JOINED = 32;

  /** Sets or documents between two questions whether to go on. */
  private static final int ASK_EVERY = 4095;

  /** One term that holds a word: its dictionary and where it stands there. */
  private record Place(String field, BytesRef term, TermState state, int count) {}

  private final LeafReader reader;
  private final HuntTerms terms;
  private final BooleanSupplier goesOn;
  private final Map<String, TermsEnum> dictionaries = new HashMap<>();
  private final List<List<Place>> places;
  private final Map<Integer, FixedBitSet> joined = new HashMap<>();
  private @Nullable FixedBitSet found;

  SegmentHunt(LeafReader reader, HuntTerms terms, BooleanSupplier goesOn) {
    this.reader = reader;
    this.terms = terms;
    this.goesOn = goesOn;
    this.places = new ArrayList<>(terms.words().size());
    for (int i = 0; i < terms.words().size(); i++) {
      places.add(List.of());
    }
  }

  /** The candidates, null when there are none. */
  @Nullable FixedBitSet candidates() throws IOException {
    if (!terms.sets().isEmpty()) {
      for (String field : DICTIONARIES) {
        seek(field);
      }
      templates();
      int asked = 0;
      for (int[] set : terms.sets()) {
        if ((++asked & ASK_EVERY) == 0 && !goesOn.getAsBoolean()) {
          return found;
        }
        if (Arrays.stream(set).noneMatch(word -> places.get(word).isEmpty())) {
          conjunction(set);
        }
      }
    }
    if (terms.addresses()) {
      new AddressHunt(reader, terms).add(this::result);
    }
    return found;
  }

  private FixedBitSet result() {
    FixedBitSet known = found;
    if (known == null) {
      known = new FixedBitSet(reader.maxDoc());
      found = known;
    }
    return known;
  }

  private @Nullable TermsEnum dictionary(String field) throws IOException {
    TermsEnum known = dictionaries.get(field);
    if (known == null) {
      Terms all = reader.terms(field);
      if (all == null) {
        return null;
      }
      known = all.iterator();
      dictionaries.put(field, known);
    }
    return known;
  }

  private void seek(String field) throws IOException {
    TermsEnum all = dictionary(field);
    if (all == null) {
      return;
    }
    BytesRef word = new BytesRef();
    for (int i = 0; i < terms.words().size(); i++) {
      word.bytes = terms.words().get(i);
      word.length = word.bytes.length;
      boolean number = word.bytes[0] >= '0' && word.bytes[0] <= '9';
      if ((number || !field.equals(Schema.NUMBERS)) && all.seekExact(word)) {
        place(i, field, all);
      }
    }
  }

  private void place(int word, String field, TermsEnum at) throws IOException {
    Place place = new Place(field, BytesRef.deepCopyOf(at.term()), at.termState(), at.docFreq());
    List<Place> before = places.get(word);
    if (before.isEmpty()) {
      places.set(word, List.of(place));
    } else {
      List<Place> more = new ArrayList<>(before);
      more.add(place);
      places.set(word, more);
    }
  }

  /** Templates are few and hold many words each: all of them are walked. */
  private void templates() throws IOException {
    TermsEnum all = dictionary(Schema.COMMON);
    if (all == null) {
      return;
    }
    Map<BytesRef, Integer> numbers = new HashMap<>();
    for (int i = 0; i < terms.words().size(); i++) {
      numbers.put(new BytesRef(terms.words().get(i)), i);
    }
    for (BytesRef template = all.next(); template != null; template = all.next()) {
      TermsEnum here = all;
      for (Integer word : Templates.words(template, numbers)) {
        place(word, Schema.COMMON, here);
      }
    }
  }

  /** Adds the documents that have every word of a set: the rarest leads. */
  private void conjunction(int[] set) throws IOException {
    Integer[] order = Arrays.stream(set).boxed().toArray(Integer[]::new);
    Arrays.sort(order, (a, b) -> Long.compare(count(a), count(b)));
    DocIdSetIterator lead = postings(order[0]);
    DocIdSetIterator[] others = new DocIdSetIterator[order.length - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = postings(order[i + 1]);
    }
    int looked = 0;
    int doc = lead.nextDoc();
    while (doc != DocIdSetIterator.NO_MORE_DOCS) {
      if ((++looked & ASK_EVERY) == 0 && !goesOn.getAsBoolean()) {
        return;
      }
      int next = doc;
      for (DocIdSetIterator other : others) {
        int at = other.docID() < doc ? other.advance(doc) : other.docID();
        if (at > doc) {
          next = at;
          break;
        }
      }
      if (next == doc) {
        result().set(doc);
        doc = lead.nextDoc();
      } else {
        doc = next == DocIdSetIterator.NO_MORE_DOCS ? next : lead.advance(next);
      }
    }
  }

  private long count(int word) {
    long sum = 0;
    for (Place place : places.get(word)) {
      sum += place.count();
    }
    return sum;
  }

  private DocIdSetIterator postings(int word) throws IOException {
    List<Place> where = places.get(word);
    if (where.size() == 1) {
      return postings(where.getFirst());
    }
    FixedBitSet known = joined.get(word);
    if (known == null) {
      known = new FixedBitSet(reader.maxDoc());
      for (Place place : where) {
        known.or(postings(place));
      }
      if (joined.size() >= MOST_JOINED) {
        joined.clear();
      }
      joined.put(word, known);
    }
    return new org.apache.lucene.util.BitSetIterator(known, count(word));
  }

  private PostingsEnum postings(Place place) throws IOException {
    TermsEnum all = dictionaries.get(place.field());
    if (all == null) {
      throw new IllegalStateException(place.field());
    }
    all.seekExact(place.term(), place.state());
    return all.postings(null, PostingsEnum.NONE);
  }
}
