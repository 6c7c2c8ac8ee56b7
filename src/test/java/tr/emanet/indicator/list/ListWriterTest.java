package tr.emanet.indicator.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each form line by line, and nothing but its grammar whatever lies in the file of values. */
class ListWriterTest {

  private static final String V4 = "[0-9]{1,3}(\\.[0-9]{1,3}){3}";
  private static final String V6 = "[0-9a-f:]{2,39}";
  private static final String ADDRESS = "(" + V4 + "|" + V6 + ")(/[0-9]{1,3})?";
  private static final String NAME = "[a-z0-9_][a-z0-9_-]*(\\.[a-z0-9_-]+)*\\.[a-z0-9-]+";
  private static final String URL = "[a-z0-9._-]+(:[0-9]+)?/[A-Za-z0-9._~/:@,+=&?%-]*";
  private static final String RPZ_IP = "[0-9]{1,3}\\.[0-9a-z.]+\\.rpz-ip CNAME \\.";

  /** The only lines that a form may have; the oracle of these tests, written beside the writer. */
  private static final Map<String, Pattern> GRAMMAR =
      Map.ofEntries(
          line(ListKind.ADDRESS, ListFormat.PLAIN, ADDRESS),
          line(ListKind.DOMAIN, ListFormat.PLAIN, NAME),
          line(ListKind.URL, ListFormat.PLAIN, URL),
          line(ListKind.ADDRESS, ListFormat.PALO_ALTO, ADDRESS),
          line(ListKind.DOMAIN, ListFormat.PALO_ALTO, NAME),
          line(
              ListKind.URL,
              ListFormat.PALO_ALTO,
              "[a-z0-9._-]+(:[0-9]+)?/([A-Za-z0-9._~/:@,+=&?%-]*/)?"),
          line(
              ListKind.ADDRESS,
              ListFormat.MIKROTIK,
              ":global emanet(List liste-a|Other liste-b)|:if \\(\\[:len \\[/ip(v6)? firewall"
                  + " address-list find list=\\$emanetList]] > (\\[:len \\[/ip(v6)? firewall"
                  + " address-list find list=\\$emanetOther]]\\) do=\\{ :set emanetList liste-b;"
                  + " :set emanetOther liste-a }|0\\) do=\\{ /ip(v6)? firewall address-list remove"
                  + " \\[find list=\\$emanetOther comment=emanet-liste] })|/ip(v6)? firewall"
                  + " address-list( remove \\[find list=\\$emanet(List|Other)"
                  + " comment=emanet-liste])?|:do \\{ add list=\\$emanetList address="
                  + ADDRESS
                  + " comment=emanet-liste } on-error=\\{}"),
          line(
              ListKind.DOMAIN,
              ListFormat.MIKROTIK,
              "/ip dns static( set \\[find comment=emanet-liste] comment=emanet-liste-old"
                  + "| remove \\[find comment=emanet-liste-old])?|:do \\{ add name="
                  + NAME
                  + " type=NXDOMAIN match-subdomain=yes comment=emanet-liste }"
                  + " on-error=\\{ set \\[find name="
                  + NAME
                  + " comment=emanet-liste-old] comment=emanet-liste }"),
          line(ListKind.DOMAIN, ListFormat.HOSTS, "# Emanet liste|0\\.0\\.0\\.0 " + NAME),
          line(ListKind.ADDRESS, ListFormat.RPZ, head() + RPZ_IP),
          line(ListKind.DOMAIN, ListFormat.RPZ, head() + "(\\*\\.)?" + NAME + " CNAME \\."),
          line(ListKind.ADDRESS, ListFormat.SURICATA, ADDRESS + ",1,127"),
          line(ListKind.DOMAIN, ListFormat.SURICATA, "[A-Za-z0-9+/]+={0,2}"),
          line(ListKind.ADDRESS, ListFormat.ZEEK, zeek(ADDRESS, "(ADDR|SUBNET)")),
          line(ListKind.DOMAIN, ListFormat.ZEEK, zeek(NAME, "DOMAIN")),
          line(ListKind.URL, ListFormat.ZEEK, zeek(URL, "URL")));

  private static final List<String> GOOD =
      List.of(
          "198.51.100.7",
          "203.0.113.0/24",
          "2001:db8::1",
          "2001:db8:4::/48",
          "::1:2",
          "kotu.example",
          "a_b.xn--bykehir-8kb.example",
          "kotu.example/giris",
          "203.0.113.9:8443/a?b=c&d=%20",
          "kotu.example/");

  @TempDir Path directory;

  private static Map.Entry<String, Pattern> line(ListKind kind, ListFormat format, String regex) {
    return Map.entry(kind + " " + format, Pattern.compile(regex));
  }

  private static String head() {
    return "\\$TTL 300|@ IN SOA localhost\\. hostmaster\\.localhost\\."
        + " \\([0-9]+ 3600 600 604800 300\\)|@ IN NS localhost\\.|";
  }

  private static String zeek(String value, String type) {
    return "#fields\\tindicator\\tindicator_type\\tmeta\\.source\\tmeta\\.desc|"
        + value
        + "\\tIntel::"
        + type
        + "\\temanet\\tliste";
  }

  /** Writes raw text, as if somebody had put it into the file of values. */
  private String written(ListKind kind, ListFormat format, String raw) throws Exception {
    Path values = directory.resolve("values");
    Files.write(values, raw.getBytes(StandardCharsets.UTF_8));
    StringWriter out = new StringWriter();
    new ListWriter(ListFixture.list("liste", kind), format, 7).write(values, out);
    return out.toString();
  }

  @Test
  void writesAddressesInEachForm() throws Exception {
    String values = "198.51.100.7\n2001:db8::1\n2001:db8:4::/48\n203.0.113.0/24\n";

    assertThat(written(ListKind.ADDRESS, ListFormat.PLAIN, values)).isEqualTo(values);
    assertThat(written(ListKind.ADDRESS, ListFormat.PALO_ALTO, values)).isEqualTo(values);
    assertThat(written(ListKind.ADDRESS, ListFormat.MIKROTIK, values))
        .isEqualTo(
            """
            :global emanetList liste-a
            :global emanetOther liste-b
            :if ([:len [/ip firewall address-list find list=$emanetList]] > [:len [/ip firewall \
            address-list find list=$emanetOther]]) do={ :set emanetList liste-b; :set \
            emanetOther liste-a }
            /ip firewall address-list remove [find list=$emanetList comment=emanet-liste]
            /ip firewall address-list
            :do { add list=$emanetList address=198.51.100.7 comment=emanet-liste } on-error={}
            :do { add list=$emanetList address=203.0.113.0/24 comment=emanet-liste } on-error={}
            :if ([:len [/ip firewall address-list find list=$emanetList]] > 0) do={ /ip \
            firewall address-list remove [find list=$emanetOther comment=emanet-liste] }
            :global emanetList liste-a
            :global emanetOther liste-b
            :if ([:len [/ipv6 firewall address-list find list=$emanetList]] > [:len [/ipv6 \
            firewall address-list find list=$emanetOther]]) do={ :set emanetList liste-b; :set \
            emanetOther liste-a }
            /ipv6 firewall address-list remove [find list=$emanetList comment=emanet-liste]
            /ipv6 firewall address-list
            :do { add list=$emanetList address=2001:db8::1/128 comment=emanet-liste } on-error={}
            :do { add list=$emanetList address=2001:db8:4::/48 comment=emanet-liste } on-error={}
            :if ([:len [/ipv6 firewall address-list find list=$emanetList]] > 0) do={ /ipv6 \
            firewall address-list remove [find list=$emanetOther comment=emanet-liste] }
            """);
    assertThat(written(ListKind.ADDRESS, ListFormat.RPZ, values))
        .isEqualTo(
            """
            $TTL 300
            @ IN SOA localhost. hostmaster.localhost. (7 3600 600 604800 300)
            @ IN NS localhost.
            32.7.100.51.198.rpz-ip CNAME .
            128.1.zz.db8.2001.rpz-ip CNAME .
            48.zz.4.db8.2001.rpz-ip CNAME .
            24.0.113.0.203.rpz-ip CNAME .
            """);
    assertThat(written(ListKind.ADDRESS, ListFormat.SURICATA, values))
        .startsWith("198.51.100.7,1,127\n");
    assertThat(written(ListKind.ADDRESS, ListFormat.ZEEK, values))
        .contains(
            "198.51.100.7\tIntel::ADDR\temanet\tliste\n",
            "203.0.113.0/24\tIntel::SUBNET\temanet\tliste\n");
  }

  @Test
  void writesNamesInEachForm() throws Exception {
    String values = "kotu.example\n";

    assertThat(written(ListKind.DOMAIN, ListFormat.PALO_ALTO, values)).isEqualTo(values);
    assertThat(written(ListKind.DOMAIN, ListFormat.HOSTS, values))
        .isEqualTo("# Emanet liste\n0.0.0.0 kotu.example\n");
    assertThat(written(ListKind.DOMAIN, ListFormat.RPZ, values))
        .endsWith("kotu.example CNAME .\n*.kotu.example CNAME .\n");
    assertThat(written(ListKind.DOMAIN, ListFormat.SURICATA, values))
        .isEqualTo("a290dS5leGFtcGxl\n");
    assertThat(written(ListKind.DOMAIN, ListFormat.MIKROTIK, values))
        .endsWith(
            ":do { add name=kotu.example type=NXDOMAIN match-subdomain=yes"
                + " comment=emanet-liste } on-error={ set [find name=kotu.example"
                + " comment=emanet-liste-old] comment=emanet-liste }\n"
                + "/ip dns static remove [find comment=emanet-liste-old]\n");
  }

  @Test
  void endsEachUrlForPaloAltoInASlash() throws Exception {
    String values = "kotu.example/\nkotu.example/a.exe\nkotu.example/a?b=c\n";

    assertThat(written(ListKind.URL, ListFormat.PLAIN, values)).isEqualTo(values);
    assertThat(written(ListKind.URL, ListFormat.PALO_ALTO, values))
        .isEqualTo("kotu.example/\nkotu.example/a.exe/\nkotu.example/a?b=c/\n");
  }

  @Test
  void givesUrlsWithAnAddressInBracketsOnlyToFormsWithoutPatterns() throws Exception {
    String values = "[2001:db8::1]/a.exe\n[2001:db8::1]:8080/\n[a-z]/x\n";

    assertThat(written(ListKind.URL, ListFormat.ZEEK, values))
        .contains("[2001:db8::1]/a.exe\tIntel::URL", "[2001:db8::1]:8080/\tIntel::URL")
        .doesNotContain("[a-z]");
    assertThat(written(ListKind.URL, ListFormat.PLAIN, values)).isEmpty();
    assertThat(written(ListKind.URL, ListFormat.PALO_ALTO, values)).isEmpty();
  }

  @Test
  void leavesOutWhatDoesNotFitAZone() throws Exception {
    String label = "a".repeat(60);
    String name = label + "." + label + "." + label + "." + label + ".example";

    assertThat(written(ListKind.DOMAIN, ListFormat.PLAIN, name + "\n")).isEqualTo(name + "\n");
    assertThat(written(ListKind.DOMAIN, ListFormat.RPZ, name + "\n")).doesNotContain(label);
  }

  @Test
  void refusesAFormThatTheKindDoesNotHave() {
    assertThatThrownBy(
            () -> new ListWriter(ListFixture.list("liste", ListKind.URL), ListFormat.RPZ, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ListFormat.of(ListKind.URL))
        .containsExactly(ListFormat.PLAIN, ListFormat.PALO_ALTO, ListFormat.ZEEK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n/system reset-configuration",
        "\r/system reboot",
        "\r\nadd",
        "\"",
        "'",
        ";/system reboot",
        "|cat",
        "\t",
        "$(reboot)",
        "${x}",
        "`id`",
        "\\",
        "[/system reboot]",
        "{",
        "}",
        "\u2028x",
        "\u2029x",
        "\u0085x",
        "\0",
        " x",
        " ",
        "#x",
        "//x",
        "*",
        "^",
        "(",
        "<x>",
        "%0a",
        "%00",
        "\u202e",
        "\ufeff",
        "ı",
        "İ",
        "!",
        "@\nx"
      })
  void neverWritesAPoisonedValueWhateverTheForm(String poison) throws Exception {
    for (ListKind kind : ListKind.values()) {
      for (ListFormat format : ListFormat.of(kind)) {
        StringBuilder raw = new StringBuilder();
        for (String good : GOOD) {
          int middle = good.length() / 2;
          raw.append(poison).append(good).append('\n');
          raw.append(good).append(poison).append('\n');
          raw.append(good, 0, middle).append(poison).append(good.substring(middle)).append('\n');
        }
        assertGrammar(kind, format, written(kind, format, raw.toString()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ListKind.class)
  void writesOnlyLinesOfItsGrammarForRandomText(ListKind kind) throws Exception {
    Random random = new Random(41);
    String letters = "abz019.-_/:;|\"'\\$([{#*^?=&% \t\r\n\0İı\u2028\u0085@,+~!<>`AFxn";
    for (int round = 0; round < 60; round++) {
      StringBuilder raw = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        String good = GOOD.get(random.nextInt(GOOD.size()));
        StringBuilder value = new StringBuilder(random.nextBoolean() ? good : "");
        int changes = random.nextInt(6);
        for (int c = 0; c < changes; c++) {
          int at = random.nextInt(value.length() + 1);
          value.insert(at, letters.charAt(random.nextInt(letters.length())));
        }
        raw.append(value).append('\n');
      }
      for (ListFormat format : ListFormat.of(kind)) {
        assertGrammar(kind, format, written(kind, format, raw.toString()));
      }
    }
  }

  private static void assertGrammar(ListKind kind, ListFormat format, String text) {
    Pattern grammar = Objects.requireNonNull(GRAMMAR.get(kind + " " + format));
    assertThat(text.isEmpty() || text.endsWith("\n")).isTrue();
    // Split by the line feed alone: any other line end would be part of a line and refused.
    for (String line : text.split("\n", 0)) {
      assertThat(line.isEmpty() || grammar.matcher(line).matches())
          .as("%s %s: %s", kind, format, line)
          .isTrue();
    }
  }
}
