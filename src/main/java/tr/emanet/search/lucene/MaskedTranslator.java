package tr.emanet.search.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.event.Folding;
import tr.emanet.event.IpAddress;
import tr.emanet.index.CombinationQuery;
import tr.emanet.index.Schema;
import tr.emanet.search.Glob;
import tr.emanet.search.Masking;
import tr.emanet.search.Networks;
import tr.emanet.search.Numbers;
import tr.emanet.search.Pseudonyms;
import tr.emanet.search.Query.FieldExists;
import tr.emanet.search.Query.FieldIs;
import tr.emanet.search.Query.FieldNet;
import tr.emanet.search.Query.FieldRange;
import tr.emanet.search.Query.FieldWildcard;
import tr.emanet.search.Words;
import tr.emanet.search.lucene.LeafQueries.Verdict;

/**
 * Translates for readers who see masked events, by one rule: an event is a hit when what is
 * <em>shown</em> of it matches. So no hit, count or absence of a hit says more than the screen.
 * Values of columns are masked one by one and compared; where that cannot decide, and for free
 * text, the record is read and masked. One thread, one partition, one search.
 */
final class MaskedTranslator {

  /** How the node is translated for readers who see everything. */
  interface Plain {
    Query translate(tr.emanet.search.Query node) throws IOException;
  }

  private final Masking masking;
  private final LeafQueries leaves;
  private final RecordChecks records;
  private final KnownNames names;
  private final Plain plain;

  /**
   * @param records asks masked events
   * @param names of the partition
   */
  MaskedTranslator(
      Masking masking, LeafQueries leaves, RecordChecks records, KnownNames names, Plain plain) {
    this.masking = masking;
    this.leaves = leaves;
    this.records = records;
    this.names = names;
    this.plain = plain;
  }

  /** Translates one node without parts. */
  Query translate(tr.emanet.search.Query node) throws IOException {
    return switch (node) {
      case tr.emanet.search.Query.Text text -> text(node, text.text(), false);
      case tr.emanet.search.Query.Phrase phrase -> text(node, phrase.text(), false);
      case tr.emanet.search.Query.TextWildcard wildcard -> text(node, wildcard.pattern(), true);
      case FieldIs is -> is(is);
      case FieldWildcard wildcard -> wildcard(wildcard);
      case FieldRange range ->
          compared(range, range.field(), v -> Numbers.within(v, range.low(), range.high()));
      case FieldNet net -> net(net);
      // The same whether masked or not, or not without parts.
      case FieldExists exists -> plain.translate(exists);
      case tr.emanet.search.Query.All all -> plain.translate(all);
      case tr.emanet.search.Query.None none -> plain.translate(none);
      case tr.emanet.search.Query.And and -> plain.translate(and);
      case tr.emanet.search.Query.Or or -> plain.translate(or);
      case tr.emanet.search.Query.Not not -> plain.translate(not);
    };
  }

  /** What cannot come from a pseudonym stood in the line as it was received. */
  private Query text(tr.emanet.search.Query node, String text, boolean pattern) throws IOException {
    if (pattern && text.equals("*")) {
      return plain.translate(node);
    }
    List<Query> parts = new ArrayList<>();
    if (!Pseudonyms.mayMeet(text, pattern)) {
      parts.add(plain.translate(node));
    }
    return records.checked(parts, node);
  }

  private Query is(FieldIs is) throws IOException {
    Field field = Field.named(is.field()).orElse(null);
    String wanted = Folding.fold(is.value());
    Predicate<String> equal = value -> Folding.fold(value).equals(wanted);
    FieldType type = field == null ? FieldType.KEYWORD : field.type();
    return switch (type) {
      case LONG, DATE -> plain.translate(is);
      case TEXT -> text(is, is.value(), false);
      case IP -> {
        byte[] address = IpAddress.parse(is.value());
        yield address == null
            ? Pseudonyms.is(is.value()) ? addresses(is.field(), equal) : Clauses.none()
            : masking.own(address) ? Clauses.none() : plain.translate(is);
      }
      case KEYWORD -> {
        boolean stored = !Masking.personal(is.field()) && !Pseudonyms.mayMeet(is.value(), false);
        List<Query> candidates =
            stored && (field == null || !Schema.OWN_POSTINGS.contains(field))
                ? Clauses.candidates(Words.of(is.value()))
                : new ArrayList<>();
        yield values(is, field, candidates, equal);
      }
    };
  }

  private Query wildcard(FieldWildcard wildcard) throws IOException {
    Field field = Field.named(wildcard.field()).orElse(null);
    Glob glob = Glob.of(wildcard.pattern());
    Predicate<String> fits =
        value -> {
          byte[] folded = Folding.fold(value.getBytes(StandardCharsets.UTF_8));
          return glob.matches(folded, 0, folded.length);
        };
    FieldType type = field == null ? FieldType.KEYWORD : field.type();
    return switch (type) {
      case LONG, DATE -> plain.translate(wildcard);
      case TEXT -> text(wildcard, wildcard.pattern(), true);
      case IP -> addresses(wildcard.field(), fits);
      case KEYWORD -> values(wildcard, field, new ArrayList<>(), fits);
    };
  }

  private Query net(FieldNet net) throws IOException {
    FieldType type = Field.named(net.field()).map(field -> field.type()).orElse(FieldType.KEYWORD);
    if (type != FieldType.IP) {
      return compared(
          net,
          net.field(),
          value -> {
            byte[] address = IpAddress.parse(value);
            return address != null && Networks.within(address, net.low(), net.high());
          });
    }
    BooleanQuery.Builder foreign = new BooleanQuery.Builder();
    foreign.add(plain.translate(net), Occur.FILTER);
    for (byte[][] own : masking.ownNetworks()) {
      foreign.add(plain.translate(new FieldNet(net.field(), own[0], own[1])), Occur.MUST_NOT);
    }
    return foreign.build();
  }

  private Query compared(tr.emanet.search.Query node, String name, Predicate<String> test)
      throws IOException {
    Field field = Field.named(name).orElse(null);
    return field != null && field.type() != FieldType.KEYWORD
        ? plain.translate(node)
        : values(node, field, new ArrayList<>(), test);
  }

  /** Documents with an address that is shown like this. */
  private Query addresses(String field, Predicate<String> test) {
    return leaves.values(
        field,
        value ->
            verdict(
                test.test(
                    masking.shown(field, IpAddress.text(value.bytes, value.offset), List.of()))),
        sequence -> false);
  }

  /** Documents with a keyword that is shown like this. */
  private Query values(
      tr.emanet.search.Query node,
      @Nullable Field field,
      List<Query> candidates,
      Predicate<String> test) {
    if (field == null) {
      return records.checked(candidates, node);
    }
    String name = field.ecsName();
    if (Schema.combined(field)) {
      return new CombinationQuery(
          field,
          "shown " + node,
          value -> value.length > 0 && test.test(masking.shown(name, text(value), List.of())));
    }
    candidates.add(leaves.values(name, value -> verdict(name, value, test), records.record(node)));
    return Clauses.every(candidates);
  }

  private Verdict verdict(String field, BytesRef value, Predicate<String> test) {
    if (value.length >= Schema.MAX_VALUE_BYTES) {
      return Verdict.ASK_RECORD;
    }
    String stored = text(value);
    String shown = masking.shown(field, stored, List.of());
    try {
      boolean named =
          !Masking.personal(field) && (!names.in(stored).isEmpty() || !names.in(shown).isEmpty());
      return named ? Verdict.ASK_RECORD : verdict(test.test(shown));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Verdict verdict(boolean holds) {
    return holds ? Verdict.YES : Verdict.NO;
  }

  private static String text(BytesRef value) {
    return new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8);
  }
}
