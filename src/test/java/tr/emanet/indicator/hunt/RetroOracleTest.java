package tr.emanet.indicator.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.Position;
import tr.emanet.event.SourceAddress;
import tr.emanet.index.EventIndex;
import tr.emanet.index.IndexAppender;
import tr.emanet.index.IndexConfig;
import tr.emanet.indicator.match.EventMatcher;
import tr.emanet.indicator.match.IndicatorSet;
import tr.emanet.indicator.match.Listed;
import tr.emanet.indicator.match.NastyEvents;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.ValueReader;
import tr.emanet.parse.EventParser;
import tr.emanet.parse.SourceSettings;
import tr.emanet.search.EventHunt;
import tr.emanet.search.HuntTerms;
import tr.emanet.search.TimeRange;
import tr.emanet.search.lucene.LuceneHunt;

/** Whatever is hit live is hit in the index of the same events, and nothing else. */
class RetroOracleTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final Charset TURKISH = Charset.forName("windows-1254");

  private static final String[] NAMES = {
    "kotu.example",
    "www.kotu.example",
    "m.kotu.example",
    "Guvenli-Giris.example",
    "saldırgan.example",
    "SALDIRGAN.example",
    "SALDİRGAN.example",
    "ｋotu.example",
    "kotu。example",
    "cafe.de",
    "163.com",
    "1.2.3.4-x.example",
    "a_b.example",
    "ığüşöç.example",
    "xn--saldrgan-vpb.example",
    "kotu.example."
  };
  private static final String[] ADDRESSES = {
    "198.51.100.7",
    "198.51.100.77",
    "198.051.100.007",
    "203.0.113.9",
    "2001:db8::7",
    "2001:DB8:0:0::7",
    "::ffff:198.51.100.7",
    "2001:db8:0:0:0:0:198.51.100.7",
    "64:ff9b::198.51.100.7",
    "10.20.30.40"
  };
  private static final String[] HASHES = {
    "d41d8cd98f00b204e9800998ecf8427e", "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709"
  };
  private static final String[] PATHS = {"/", "/giris", "/Giris/x.php?id=7", "/ş", "/a%20b", "/1"};
  private static final String[] WANTED = {
    "kotu.example",
    "www.kotu.example",
    "guvenli-giris.example",
    "saldırgan.example",
    "cafe.de",
    "163.com",
    "x.example",
    "4-x.example",
    "b.example",
    "ığüşöç.example",
    "198.51.100.7",
    "198.51.100.0/26",
    "203.0.113.0/24",
    "2001:db8::/32",
    "64:ff9b::c633:6407",
    "d41d8cd98f00b204e9800998ecf8427e",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "kotu.example/giris",
    "kotu.example/Giris/x.php?id=7",
    "198.51.100.7/giris",
    "kotu.example/ş",
    "kotu.example/a%20b",
    "saldırgan.example/giris",
    "intranet.belediye.example"
  };

  @TempDir Path directory;

  private static String any(Random dice, String[] from) {
    return from[dice.nextInt(from.length)];
  }

  /** A value as it stands in lines: plain, in a URL, escaped. */
  private static String seen(Random dice) {
    String name = dice.nextInt(3) == 0 ? any(dice, ADDRESSES) : any(dice, NAMES);
    return switch (dice.nextInt(7)) {
      case 0 -> "http://" + name + any(dice, PATHS);
      case 1 -> "%2F" + name;
      case 2 -> "?u=https%3A%2F%2F" + name + "%2Fgiris";
      case 3 -> any(dice, HASHES);
      case 4 -> "“" + name + "”";
      default -> name;
    };
  }

  /** Lines of devices, in which all of that stands; every third kind has common words. */
  private static byte[] line(Random dice) {
    String value = seen(dice);
    String time = "Nov 22 17:27:" + (10 + dice.nextInt(50));
    String text =
        switch (dice.nextInt(8)) {
          case 0 ->
              "<189>"
                  + time
                  + " fgt date=2026-11-22 time=17:27:17 devname=\"fgt\" logid=\"0000000013\""
                  + " type=\"traffic\" srcip=10.20.30."
                  + dice.nextInt(256)
                  + " srcport="
                  + dice.nextInt(65536)
                  + " dstip="
                  + any(dice, ADDRESSES)
                  + " dstport=443 action=\"accept\" hostname=\""
                  + any(dice, NAMES)
                  + "\" msg=\"intranet.belediye.example\"";
          case 1 -> "<30>" + time + " ns dnsmasq[5]: query[A] " + value + " from 10.0.0.5";
          case 2 -> "<30>" + time + " ns dnsmasq[5]: reply kotu.example is " + any(dice, ADDRESSES);
          case 3 ->
              "<190>"
                  + time
                  + " web nginx: "
                  + any(dice, ADDRESSES)
                  + " - - [22/Nov/2026:17:27:17 +0300] \"GET /a?u="
                  + value
                  + " HTTP/1.1\" 200 51 \"http://"
                  + any(dice, NAMES)
                  + "/\" \"Mozilla/5.0\"";
          case 4 ->
              "<13>"
                  + time
                  + " app servis {\"url\":\"http:\\/\\/"
                  + value
                  + "\\/giris\",\"host\":\""
                  + any(dice, NAMES).replace("o", "\\u006f")
                  + "\",\"n\":1}";
          case 5 -> "sacma " + value + " " + seen(dice) + " kayıt " + dice.nextInt(9999);
          case 6 -> value;
          default -> "<14>" + time + " pc uygulama: bağlantı " + value + "; " + seen(dice) + ".";
        };
    return text.getBytes(dice.nextInt(6) == 0 ? TURKISH : StandardCharsets.UTF_8);
  }

  private static Consumer<Event> parser() {
    return new EventParser(SourceSettings.all(SourceSettings.Sender.TURKEY))::parse;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void hitsInLinesOfDevicesWhatIsHitLive(long seed) throws IOException {
    Random dice = new Random(seed);
    List<Listed> listed = new ArrayList<>();
    for (String raw : WANTED) {
      if (ValueReader.value(null, raw) instanceof CanonicalValue value) {
        listed.add(new Listed(listed.size(), value, 0, Long.MAX_VALUE));
      }
    }
    assertThat(listed).hasSize(WANTED.length);

    int hits = compare(listed, 3_000, i -> line(dice), RetroOracleTest::parser, dice);

    assertThat(hits).isGreaterThan(2_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void hitsInNastyEventsWhatIsHitLive(long seed) throws IOException {
    Random dice = new Random(seed);
    List<Listed> listed = new ArrayList<>();
    Set<CanonicalValue> values = new TreeSet<>();
    for (int i = 0; i < 10; i++) {
      NastyEvents.listed(dice).forEach(one -> values.add(one.value()));
    }
    values.forEach(value -> listed.add(new Listed(listed.size(), value, 0, Long.MAX_VALUE)));

    int hits =
        compare(
            listed,
            1_500,
            i -> Long.toString(dice.nextLong()).getBytes(StandardCharsets.US_ASCII),
            () ->
                event -> {
                  byte[] raw = event.raw();
                  long own =
                      Long.parseLong(
                          new String(
                              raw,
                              event.rawFrom(),
                              event.rawTo() - event.rawFrom(),
                              StandardCharsets.US_ASCII));
                  NastyEvents.fill(new Random(own), event);
                },
            dice);

    assertThat(hits).isGreaterThan(1_000);
  }

  /** Makes one line. */
  private interface Lines {
    byte[] line(int i);
  }

  private int compare(
      List<Listed> listed,
      int count,
      Lines lines,
      java.util.function.Supplier<Consumer<Event>> parsers,
      Random dice)
      throws IOException {
    IndicatorSet set = set(listed, dice);
    LineJournal journal = new LineJournal();
    Map<Position, Set<Long>> live = new TreeMap<>();
    Map<Position, Set<Long>> retro = new TreeMap<>();
    try (EventIndex index =
        EventIndex.open(new IndexConfig(directory, ZONE, 64L << 20, 400, 0, 1))) {
      IndexAppender appender = index.appender();
      EventMatcher matcher = new EventMatcher(() -> set);
      Event event = new Event();
      Consumer<Event> parser = parsers.get();
      for (int i = 0; i < count; i++) {
        byte[] line = lines.line(i);
        long sequence = journal.add(line);
        event.reset(
            line,
            0,
            line.length,
            LineJournal.receivedMicros(sequence),
            new SourceAddress("test", new byte[16], 0),
            Attributes.NONE,
            0);
        parser.accept(event);
        match(matcher, event, new Position(LineJournal.STREAM, sequence), live);
        appender.add(event, LineJournal.STREAM, sequence);
        if (dice.nextInt(700) == 0) {
          index.refresh(sequence);
        }
      }
      index.refresh(count);
      LuceneHunt hunt = new LuceneHunt(index, journal, parsers);
      // Few at a time: what one value brings to light must not hide that another one misses it.
      for (int from = 0; from < listed.size(); from += 3) {
        List<Listed> few = listed.subList(from, Math.min(listed.size(), from + 3));
        HuntTerms.Builder terms = new HuntTerms.Builder();
        few.forEach(one -> HuntInput.add(terms, one.value()));
        IndicatorSet own = set(few, dice);
        EventMatcher again = new EventMatcher(() -> own);
        for (String partition : hunt.partitions()) {
          long looked = hunt.hunt(partition, terms.build(), TimeRange.ALL, new All(again, retro));
          assertThat(looked).isLessThanOrEqualTo(count);
        }
      }
    }
    int hits = 0;
    for (Map.Entry<Position, Set<Long>> entry : live.entrySet()) {
      hits += entry.getValue().size();
      assertThat(retro.get(entry.getKey()))
          .as(
              "%s %s",
              entry.getValue().stream().map(id -> listed.get((int) (long) id).value()).toList(),
              shown(journal.line(entry.getKey().sequence()), parsers))
          .isEqualTo(entry.getValue());
    }
    assertThat(retro).isEqualTo(live);
    return hits;
  }

  private static IndicatorSet set(List<Listed> listed, Random dice) {
    IndicatorSet.Builder builder = new IndicatorSet.Builder(dice.nextLong());
    listed.forEach(one -> builder.add(one.id(), one.value(), one.from(), one.until()));
    return builder.build();
  }

  /** Matches every event that the index proposes. */
  private record All(EventMatcher matcher, Map<Position, Set<Long>> into)
      implements EventHunt.Hunter {

    @Override
    public boolean goesOn() {
      return true;
    }

    @Override
    public void look(Event event, Position position) {
      match(matcher, event, position, into);
    }
  }

  private static String shown(byte[] line, java.util.function.Supplier<Consumer<Event>> parsers) {
    Event event = new Event();
    event.reset(
        line, 0, line.length, 1, new SourceAddress("t", new byte[16], 0), Attributes.NONE, 0);
    parsers.get().accept(event);
    return new String(
            event.text(),
            event.textFrom(),
            event.textTo() - event.textFrom(),
            StandardCharsets.UTF_8)
        + tr.emanet.event.EventRecord.of(new Position("t", 1), event).fields();
  }

  private static void match(
      EventMatcher matcher, Event event, Position at, Map<Position, Set<Long>> into) {
    int ignored =
        matcher.match(
            event,
            (id, field, source, from, to, weak) ->
                into.computeIfAbsent(at, p -> new TreeSet<>()).add(id));
  }
}
