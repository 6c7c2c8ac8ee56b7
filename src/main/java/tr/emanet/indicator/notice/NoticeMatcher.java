package tr.emanet.indicator.notice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tr.emanet.indicator.notice.Finding.Reason;
import tr.emanet.indicator.notice.ProductIndex.Installed;
import tr.emanet.indicator.notice.ProductIndex.Named;

/** Compares the text of a notice with an inventory. Pure; safe for many threads. */
final class NoticeMatcher {

  /** Most proposals of a notice; the most important assets are kept. */
  static final int MAX_FINDINGS = 500;

  private final ProductIndex index;

  NoticeMatcher(ProductIndex index) {
    this.index = index;
  }

  /** Findings, the surest and most important first. */
  List<Finding> match(String title, String text) {
    String whole = NoticeTokens.withoutCves(title + "\n" + text);
    Named named = index.find(whole);
    Map<Integer, List<VersionRange>> ranges =
        RangeReader.read(whole, NoticeTokens.of(whole, named.places()));
    List<Finding> out = new ArrayList<>();
    Set<List<String>> spoken = new HashSet<>();
    for (int product :
        named.places().stream().map(NoticeTokens.Place::product).distinct().toList()) {
      boolean generic = NameWords.generic(index.name(product));
      for (Installed one : index.of(product)) {
        boolean vendor = named.vendors().contains(one.vendor());
        if (!generic || vendor) {
          spoken.add(one.vendor());
          judge(one, vendor || one.vendor().isEmpty(), ranges.getOrDefault(product, List.of()))
              .ifPresent(out::add);
        }
      }
    }
    vendorsOnly(named, spoken, out);
    out.sort(
        Comparator.comparing(Finding::confidence)
            .thenComparing(f -> f.asset().criticality())
            .reversed()
            .thenComparing(f -> f.asset().key())
            .thenComparing(Finding::product));
    return List.copyOf(out.subList(0, Math.min(MAX_FINDINGS, out.size())));
  }

  /** What is named and checked, and is outside all stated versions; the most important first. */
  List<NotAffected> outside(String title, String text) {
    String whole = NoticeTokens.withoutCves(title + "\n" + text);
    Named named = index.find(whole);
    Map<Integer, List<VersionRange>> ranges =
        RangeReader.read(whole, NoticeTokens.of(whole, named.places()));
    List<Installed> out = new ArrayList<>();
    Map<Installed, String> quotes = new HashMap<>();
    for (int product :
        named.places().stream().map(NoticeTokens.Place::product).distinct().toList()) {
      List<VersionRange> stated = ranges.getOrDefault(product, List.of());
      boolean generic = NameWords.generic(index.name(product));
      for (Installed one : index.of(product)) {
        boolean meant = !generic || named.vendors().contains(one.vendor());
        if (meant && outside(one, stated) && quotes.put(one, quote(stated)) == null) {
          out.add(one);
        }
      }
    }
    out.sort(
        Comparator.comparing((Installed one) -> one.asset().criticality())
            .reversed()
            .thenComparing(one -> one.asset().key()));
    return out.stream()
        .limit(MAX_FINDINGS)
        .map(
            one ->
                new NotAffected(
                    one.asset().key(),
                    one.asset().name(),
                    one.product(),
                    quotes.getOrDefault(one, "")))
        .toList();
  }

  private static boolean outside(Installed one, List<VersionRange> ranges) {
    Optional<Version> version = Version.read(one.product().version());
    return !ranges.isEmpty()
        && version.isPresent()
        && ranges.stream().allMatch(r -> r.fit(version.get()) == VersionRange.Fit.OUTSIDE);
  }

  private static Optional<Finding> judge(
      Installed one, boolean vendorKnown, List<VersionRange> ranges) {
    String all = quote(ranges);
    if (ranges.isEmpty()) {
      return finding(one, Confidence.MEDIUM, Reason.NO_VERSIONS, "");
    }
    Optional<Version> version = Version.read(one.product().version());
    if (version.isEmpty()) {
      return finding(one, Confidence.MEDIUM, Reason.VERSION_UNKNOWN, all);
    }
    Optional<VersionRange> inside = first(ranges, version.get(), VersionRange.Fit.INSIDE);
    if (inside.isPresent()) {
      return vendorKnown
          ? finding(one, Confidence.HIGH, Reason.EXACT, inside.get().text())
          : finding(one, Confidence.MEDIUM, Reason.VENDOR_UNNAMED, inside.get().text());
    }
    return first(ranges, version.get(), VersionRange.Fit.PERHAPS)
        .flatMap(range -> finding(one, Confidence.MEDIUM, Reason.PERHAPS, range.text()));
  }

  private static Optional<VersionRange> first(
      List<VersionRange> ranges, Version version, VersionRange.Fit fit) {
    return ranges.stream().filter(range -> range.fit(version) == fit).findFirst();
  }

  private static String quote(List<VersionRange> ranges) {
    return ranges.stream()
        .limit(4)
        .map(VersionRange::text)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static Optional<Finding> finding(
      Installed one, Confidence confidence, Reason reason, String quote) {
    return Optional.of(new Finding(one.asset(), one.product(), confidence, reason, quote));
  }

  /** A vendor of whom the notice names no product that we have. */
  private void vendorsOnly(Named named, Set<List<String>> spoken, List<Finding> out) {
    for (List<String> vendor : named.vendors()) {
      if (!spoken.contains(vendor)) {
        for (Installed one : index.of(vendor)) {
          finding(one, Confidence.LOW, Reason.VENDOR_ONLY, "").ifPresent(out::add);
        }
      }
    }
  }
}
