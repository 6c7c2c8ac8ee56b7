package tr.emanet.indicator.list;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one list in one form. A line is made of fixed text, the name of the list and a value that
 * {@link ListGrammar} holds; nothing else ever reaches a file. One thread only.
 */
final class ListWriter {

  /** So that name, wildcard and zone fit into the 255 octets of RFC 1035 section 2.3.4. */
  private static final int LONGEST_RPZ_NAME = 190;

  private final BlockList list;
  private final ListFormat format;
  private final long serial;
  private int written;
  private int leftOut;

  /**
   * @param serial of the zone, 1 to 2^32-1; only the response policy zone holds it
   */
  ListWriter(BlockList list, ListFormat format, long serial) {
    if (!format.fits(list.kind())) {
      throw new IllegalArgumentException(format.suffix() + " of " + list.kind().id());
    }
    this.list = list;
    this.format = format;
    this.serial = serial;
  }

  /** Entries written. */
  int written() {
    return written;
  }

  /** Values that the form cannot hold. */
  int leftOut() {
    return leftOut;
  }

  /**
   * Writes everything.
   *
   * @param values a file with one value a line
   */
  void write(Path values, Writer out) throws IOException {
    switch (format) {
      case PLAIN, PALO_ALTO, SURICATA -> lines(values, out, "");
      case HOSTS -> {
        out.write("# Emanet " + list.name() + "\n");
        lines(values, out, "");
      }
      case ZEEK -> {
        out.write("#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\n");
        lines(values, out, "");
      }
      case RPZ -> {
        out.write("$TTL 300\n");
        out.write(
            "@ IN SOA localhost. hostmaster.localhost. (" + serial + " 3600 600 604800 300)\n");
        out.write("@ IN NS localhost.\n");
        lines(values, out, "");
      }
      case MIKROTIK -> script(values, out);
    }
  }

  /**
   * A RouterOS script without a moment in which less is blocked than before and after it.
   * Addresses: the router keeps two lists, NAME-a and NAME-b, that the rules drop both; the one
   * with fewer entries is filled anew, and only a full one lets the other be emptied. A script that
   * breaks off leaves the fuller list as it is. Names: what is known already is marked as old, kept
   * entries lose the mark, and what still has it at the end goes.
   */
  private void script(Path values, Writer out) throws IOException {
    String comment = "emanet-" + list.name();
    if (list.kind() == ListKind.DOMAIN) {
      out.write("/ip dns static set [find comment=" + comment + "] comment=" + comment + "-old\n");
      out.write("/ip dns static\n");
      lines(values, out, "");
      out.write("/ip dns static remove [find comment=" + comment + "-old]\n");
      return;
    }
    for (String family : List.of("ip", "ipv6")) {
      String menu = "/" + family + " firewall address-list";
      out.write(":global emanetList " + list.name() + "-a\n");
      out.write(":global emanetOther " + list.name() + "-b\n");
      out.write(
          ":if ([:len ["
              + menu
              + " find list=$emanetList]] > [:len ["
              + menu
              + " find list=$emanetOther]]) do={ :set emanetList "
              + list.name()
              + "-b; :set emanetOther "
              + list.name()
              + "-a }\n");
      out.write(menu + " remove [find list=$emanetList comment=" + comment + "]\n" + menu + "\n");
      int before = written;
      lines(values, out, family);
      String gone = " remove [find list=$emanetOther comment=" + comment + "]";
      out.write(
          written == before
              ? menu + gone + "\n"
              : ":if ([:len ["
                  + menu
                  + " find list=$emanetList]] > 0) do={ "
                  + menu
                  + gone
                  + " }\n");
    }
  }

  /**
   * @param family ip or ipv6 when only addresses of that one are wanted, else empty
   */
  private void lines(Path values, Writer out, String family) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(values, StandardCharsets.ISO_8859_1)) {
      for (String value = in.readLine(); value != null; value = in.readLine()) {
        boolean six = value.indexOf(':') >= 0;
        if (!family.isEmpty() && six != family.equals("ipv6")) {
          continue;
        }
        String line = ListGrammar.holds(list.kind(), value) ? line(value) : null;
        if (line == null) {
          leftOut++;
        } else {
          out.write(line);
          written++;
        }
      }
    }
  }

  /** The line or lines of a value with their ends; null when the form cannot hold it. */
  private @Nullable String line(String value) {
    if (list.kind() == ListKind.URL
        && ListGrammar.hasBrackets(value)
        && format != ListFormat.ZEEK) {
      // Zeek compares text with text; a firewall may read brackets as a pattern.
      return null;
    }
    return switch (format) {
      case PLAIN -> value + "\n";
      case PALO_ALTO ->
          list.kind() == ListKind.URL && !value.endsWith("/") ? value + "/\n" : value + "\n";
      case HOSTS -> "0.0.0.0 " + value + "\n";
      case MIKROTIK -> mikrotik(value);
      case RPZ -> rpz(value);
      case SURICATA -> suricata(value);
      case ZEEK -> value + "\t" + zeekType(value) + "\temanet\t" + list.name() + "\n";
    };
  }

  private String mikrotik(String value) {
    // An entry that the router has already, by hand or by another list, must not end the script.
    String comment = " comment=emanet-" + list.name();
    if (list.kind() == ListKind.DOMAIN) {
      return ":do { add name="
          + value
          + " type=NXDOMAIN match-subdomain=yes"
          + comment
          + " } on-error={ set [find name="
          + value
          + comment
          + "-old]"
          + comment
          + " }\n";
    }
    boolean host = value.indexOf(':') >= 0 && value.indexOf('/') < 0;
    return ":do { add list=$emanetList address="
        + value
        + (host ? "/128" : "")
        + comment
        + " } on-error={}\n";
  }

  private @Nullable String rpz(String value) {
    if (list.kind() == ListKind.ADDRESS) {
      return rpzAddress(value) + " CNAME .\n";
    }
    return value.length() > LONGEST_RPZ_NAME ? null : value + " CNAME .\n*." + value + " CNAME .\n";
  }

  /** Prefix, then the address backwards; {@code zz} stands for the zeros of {@code ::}. */
  static String rpzAddress(String value) {
    int slash = value.indexOf('/');
    String address = slash < 0 ? value : value.substring(0, slash);
    boolean six = address.indexOf(':') >= 0;
    String prefix = slash < 0 ? six ? "128" : "32" : value.substring(slash + 1);
    List<String> parts = new ArrayList<>();
    if (six) {
      String[] halves = address.split("::", -1);
      groups(halves[0], parts);
      if (halves.length > 1) {
        parts.add("zz");
        groups(halves[1], parts);
      }
    } else {
      parts.addAll(List.of(address.split("\\.", -1)));
    }
    Collections.reverse(parts);
    return prefix + "." + String.join(".", parts) + ".rpz-ip";
  }

  private static void groups(String half, List<String> into) {
    if (!half.isEmpty()) {
      into.addAll(List.of(half.split(":", -1)));
    }
  }

  private String suricata(String value) {
    return list.kind() == ListKind.ADDRESS
        ? value + ",1,127\n"
        : Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.US_ASCII)) + "\n";
  }

  private String zeekType(String value) {
    return switch (list.kind()) {
      case ADDRESS -> value.indexOf('/') >= 0 ? "Intel::SUBNET" : "Intel::ADDR";
      case DOMAIN -> "Intel::DOMAIN";
      case URL -> "Intel::URL";
    };
  }
}
