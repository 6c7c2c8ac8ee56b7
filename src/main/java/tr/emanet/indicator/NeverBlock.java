package tr.emanet.indicator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.IndicatorKind;
import tr.emanet.indicator.value.ValueReader;

/**
 * What no feed may put in force: own names and networks with everything in them, the bare names of
 * services that everybody uses, and reserved address ranges. Immutable.
 *
 * <p>Reserved ranges are those a municipality's own traffic uses or cannot avoid. The ranges for
 * documentation and benchmarks (RFC 5737, 3849, 2544) are not among them: nobody routes them, so
 * blocking them harms nobody, and simulators and drills need them.
 */
public final class NeverBlock {

  /** Why a value is kept out. */
  public enum Reason {
    /** Inside what is ours. */
    OWN,
    /** A service that everybody uses. */
    SERVICE,
    /** An address range that no feed can mean. */
    RESERVED,
    /** Covers all of what is ours: a list with this is a mistake or an attack. */
    COVERS;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final List<String> SERVICES =
      List.of(
          "google.com",
          "google.com.tr",
          "googleapis.com",
          "gstatic.com",
          "youtube.com",
          "microsoft.com",
          "windows.com",
          "windowsupdate.com",
          "live.com",
          "office.com",
          "office365.com",
          "microsoftonline.com",
          "sharepoint.com",
          "outlook.com",
          "apple.com",
          "icloud.com",
          "amazon.com",
          "amazonaws.com",
          "cloudfront.net",
          "cloudflare.com",
          "akamai.net",
          "akamaiedge.net",
          "fastly.net",
          "facebook.com",
          "instagram.com",
          "whatsapp.com",
          "whatsapp.net",
          "twitter.com",
          "x.com",
          "linkedin.com",
          "github.com",
          "githubusercontent.com",
          "debian.org",
          "ubuntu.com",
          "mozilla.org",
          "wikipedia.org",
          "digicert.com",
          "letsencrypt.org",
          "turkiye.gov.tr",
          "siberguvenlik.gov.tr",
          "usom.gov.tr",
          "kamusm.gov.tr",
          "bit.ly",
          "duckdns.org",
          "blogspot.com",
          "vercel.app",
          "web.app",
          "webflow.io",
          "discordapp.com",
          "discord.com",
          "dropbox.com");

  private static final List<String> SERVICE_ADDRESSES =
      List.of(
          "8.8.8.8",
          "8.8.4.4",
          "1.1.1.1",
          "1.0.0.1",
          "9.9.9.9",
          "149.112.112.112",
          "208.67.222.222",
          "208.67.220.220",
          "195.175.39.39",
          "195.175.39.40",
          "2001:4860:4860::8888",
          "2001:4860:4860::8844",
          "2606:4700:4700::1111");

  private static final List<String> RESERVED =
      List.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "::1",
          "fc00::/7",
          "fe80::/10",
          "ff00::/8");

  private final List<String> entries;
  private final Set<String> ownDomains = new HashSet<>();
  private final Set<String> services = new HashSet<>(SERVICES);
  private final Set<String> serviceAddresses = new HashSet<>(SERVICE_ADDRESSES);
  private final List<byte[]> own = new ArrayList<>();
  private final List<byte[]> reserved = new ArrayList<>();

  /**
   * @param entries own domains, addresses and networks
   * @throws IllegalArgumentException for an entry that {@link #problem} refuses
   */
  public NeverBlock(List<String> entries) {
    this.entries = List.copyOf(entries);
    for (String entry : entries) {
      if (!(ValueReader.value(null, entry) instanceof CanonicalValue value)) {
        throw new IllegalArgumentException("'" + entry + "' is no domain, address or network");
      }
      switch (value.kind()) {
        case DOMAIN -> ownDomains.add(value.text());
        case ADDRESS, NETWORK -> own.add(range(value));
        case URL, FILE_HASH -> throw new IllegalArgumentException("'" + entry + "'");
      }
    }
    for (String text : RESERVED) {
      if (ValueReader.value(null, text) instanceof CanonicalValue value) {
        reserved.add(range(value));
      }
    }
  }

  /** What is ours, as configured. */
  public List<String> entries() {
    return entries;
  }

  /** Names and addresses of services that everybody uses. */
  public static List<String> services() {
    List<String> out = new ArrayList<>(SERVICES);
    out.addAll(SERVICE_ADDRESSES);
    return List.copyOf(out);
  }

  /** Ranges that no feed can mean. */
  public static List<String> reserved() {
    return RESERVED;
  }

  /** What is wrong with an entry of the configuration; empty when nothing is. */
  public static Optional<String> problem(String entry) {
    boolean fits =
        ValueReader.value(null, entry) instanceof CanonicalValue value
            && value.kind() != IndicatorKind.URL
            && value.kind() != IndicatorKind.FILE_HASH;
    return fits
        ? Optional.empty()
        : Optional.of(
            "'" + entry + "' is no domain, address or network; write ornek.bel.tr or 192.0.2.0/24");
  }

  /** Why this value is kept out; empty when it is not. */
  public Optional<Reason> reason(CanonicalValue value) {
    return switch (value.kind()) {
      case DOMAIN -> domain(value.text());
      case URL -> url(value.text());
      case ADDRESS ->
          serviceAddresses.contains(value.text())
              ? Optional.of(Reason.SERVICE)
              : network(range(value));
      case NETWORK -> network(range(value));
      case FILE_HASH -> Optional.empty();
    };
  }

  private Optional<Reason> domain(String name) {
    for (String mine : ownDomains) {
      if (mine.equals(name) || mine.endsWith("." + name)) {
        return Optional.of(Reason.COVERS);
      }
    }
    if (below(name)) {
      return Optional.of(Reason.OWN);
    }
    String bare = name.startsWith("www.") ? name.substring(4) : name;
    return services.contains(bare) ? Optional.of(Reason.SERVICE) : Optional.empty();
  }

  private boolean below(String name) {
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (ownDomains.contains(name.substring(dot + 1))) {
        return true;
      }
    }
    return ownDomains.contains(name);
  }

  /** A page of a service stays an indicator, and one of ours does not. */
  private Optional<Reason> url(String text) {
    String authority = text.substring(0, text.indexOf('/'));
    String host = authority.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (CanonicalValue.isCanonical(IndicatorKind.ADDRESS, host)) {
      return network(range(CanonicalValue.of(IndicatorKind.ADDRESS, host)));
    }
    return below(host) ? Optional.of(Reason.OWN) : Optional.empty();
  }

  private Optional<Reason> network(byte[] range) {
    for (byte[] mine : own) {
      if (overlap(mine, range)) {
        return Optional.of((mine[16] & 255) > (range[16] & 255) ? Reason.COVERS : Reason.OWN);
      }
    }
    for (byte[] kept : reserved) {
      if (overlap(kept, range)) {
        return Optional.of(Reason.RESERVED);
      }
    }
    return Optional.empty();
  }

  /** 16 bytes of address and the length of the prefix. */
  private static byte[] range(CanonicalValue value) {
    byte[] bytes = value.bytes();
    if (bytes.length == 17) {
      return bytes;
    }
    byte[] out = java.util.Arrays.copyOf(bytes, 17);
    out[16] = (byte) 128;
    return out;
  }

  private static boolean overlap(byte[] a, byte[] b) {
    int bits = Math.min(a[16] & 255, b[16] & 255);
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i & 7);
      if ((a[i >> 3] & mask) != (b[i >> 3] & mask)) {
        return false;
      }
    }
    return true;
  }
}
