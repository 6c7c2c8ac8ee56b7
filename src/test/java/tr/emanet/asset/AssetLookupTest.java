package tr.emanet.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tr.emanet.event.IpAddress;

class AssetLookupTest {

  private static AssetEntry entry(String network, String name) {
    return new AssetEntry(
        Network.read(network).orElseThrow(),
        name,
        AssetKind.NETWORK,
        "",
        "",
        Criticality.LOW,
        List.of());
  }

  private static @Nullable String find(AssetLookup lookup, String address) {
    AssetEntry found = lookup.of(address);
    return found == null ? null : found.name();
  }

  @Test
  void findsTheMostSpecificPrefix() {
    AssetLookup lookup =
        new AssetLookup(
            List.of(
                entry("10.0.0.0/8", "all"),
                entry("10.20.0.0/16", "campus"),
                entry("10.20.7.114", "pc"),
                entry("10.20.7.0/24", "floor"),
                entry("255.255.255.255", "last"),
                entry("2001:db8::/32", "six"),
                entry("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "end")));

    assertThat(find(lookup, "10.20.7.114")).isEqualTo("pc");
    assertThat(find(lookup, "10.20.7.115")).isEqualTo("floor");
    assertThat(find(lookup, "10.20.8.0")).isEqualTo("campus");
    assertThat(find(lookup, "10.21.0.0")).isEqualTo("all");
    assertThat(find(lookup, "9.255.255.255")).isNull();
    assertThat(find(lookup, "11.0.0.0")).isNull();
    assertThat(find(lookup, "255.255.255.255")).isEqualTo("last");
    assertThat(find(lookup, "2001:db8:ffff::1")).isEqualTo("six");
    assertThat(find(lookup, "::ffff:10.20.7.114")).isEqualTo("pc");
    assertThat(find(lookup, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")).isEqualTo("end");
    assertThat(find(lookup, "no address")).isNull();
    assertThat(find(new AssetLookup(List.of()), "10.0.0.1")).isNull();
  }

  @Test
  void findsWhatANaiveSearchFinds() {
    Random random = new Random(7);
    List<AssetEntry> entries = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int bits = 8 + random.nextInt(25);
      int address =
          (10 << 24 | random.nextInt(1 << 12) << 8 | random.nextInt(256)) & -1 << 32 - bits;
      String text = text(address) + (bits == 32 ? "" : "/" + bits);
      if (entries.stream()
          .noneMatch(e -> e.key().equals(Network.read(text).orElseThrow().text()))) {
        entries.add(entry(text, "n" + i));
      }
    }
    AssetLookup lookup = new AssetLookup(entries);

    for (int i = 0; i < 20_000; i++) {
      int address = 10 << 24 | random.nextInt(1 << 13) << 8 | random.nextInt(256);
      String expected =
          entries.stream()
              .filter(e -> contains(e, address))
              .max(Comparator.comparingInt(e -> e.network().bits()))
              .map(AssetEntry::name)
              .orElse(null);
      byte[] bytes = new byte[40];
      assertThat(IpAddress.parse(ascii(text(address)), 0, text(address).length(), bytes, 16))
          .isTrue();
      AssetEntry found = lookup.of(bytes, 16);
      assertThat(found == null ? null : found.name()).isEqualTo(expected);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  private static String text(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 255)
        + "."
        + (address >>> 8 & 255)
        + "."
        + (address & 255);
  }

  private static boolean contains(AssetEntry entry, int address) {
    int bits = entry.network().bits() - 96;
    return (address ^ (int) entry.network().low()) >>> 32 - bits == 0
        || bits == 32 && address == (int) entry.network().low();
  }

  @Test
  void findsByFullNameAndByFirstLabelWhenItIsUnambiguous() {
    AssetLookup lookup =
        new AssetLookup(
            List.of(
                entry("10.1.1.1", "WEB01.ornek.bel.tr"),
                entry("10.1.1.2", "dc01"),
                entry("10.1.1.3", "mail.a.example"),
                entry("10.1.1.4", "mail.b.example")));

    assertThat(name(lookup, "web01.ORNEK.bel.tr.")).isEqualTo("WEB01.ornek.bel.tr");
    assertThat(name(lookup, "web01")).isEqualTo("WEB01.ornek.bel.tr");
    assertThat(name(lookup, "dc01.ornek.local")).isEqualTo("dc01");
    assertThat(name(lookup, "web01.other.example")).isNull();
    assertThat(name(lookup, "mail")).isNull();
    assertThat(name(lookup, "mail.b.example")).isEqualTo("mail.b.example");
    assertThat(name(lookup, "")).isNull();
  }

  private static @Nullable String name(AssetLookup lookup, String host) {
    AssetEntry found = lookup.byName(host);
    return found == null ? null : found.name();
  }
}
