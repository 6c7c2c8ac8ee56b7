package tr.emanet.backup.http;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tr.emanet.backup.key.KeyStatus;
import tr.emanet.backup.key.PasswordChange;
import tr.emanet.backup.plan.LeftStore;
import tr.emanet.backup.proof.Era;
import tr.emanet.backup.proof.KeyActs;
import tr.emanet.backup.proof.KeyDesk;
import tr.emanet.backup.proof.KeyRequest;
import tr.emanet.crypto.certificate.CertificateFacts;
import tr.emanet.event.Role;
import tr.emanet.web.Formats;
import tr.emanet.web.Shell;

/** Makes what the page of keys shows. One request. */
final class KeysScreen {

  private static final Duration YEARLY = Duration.ofDays(365);
  private static final Duration SOON = Duration.ofDays(60);

  private final KeyDesk keys;
  private final KeyActs acts;
  private final Shell shell;
  private final Formats formats;

  KeysScreen(KeyDesk keys, KeyActs acts, Shell shell) {
    this.keys = keys;
    this.acts = acts;
    this.shell = shell;
    this.formats = shell.formats();
  }

  KeyViews.Page page(String problem, String done) throws IOException {
    List<KeyViews.Repository> all = new ArrayList<>();
    for (KeyStatus status : keys.all()) {
      all.add(repository(status));
    }
    boolean administers = has(Role.ADMINISTRATOR);
    return new KeyViews.Page(
        problem,
        done,
        administers,
        administers || has(Role.BACKUP_OPERATOR),
        shell.t(keys.credential() ? "keys.root.credential" : "keys.root.file"),
        acts.waiting().stream().map(request -> waiting(request, all)).toList(),
        holders(),
        all);
  }

  private boolean has(Role role) {
    return shell.person().filter(p -> p.person().has(role)).isPresent();
  }

  private List<KeyViews.Holder> holders() throws IOException {
    Map<String, X509Certificate> escrow = acts.escrow();
    List<KeyViews.Holder> out = new ArrayList<>();
    escrow.forEach((name, one) -> out.add(holder(name, one, escrow.size() > 1, "")));
    acts.extra().forEach((name, one) -> out.add(holder(name, one, true, "keys.holder.extra")));
    return out;
  }

  private KeyViews.Holder holder(
      String name, X509Certificate certificate, boolean may, String label) {
    CertificateFacts facts = CertificateFacts.of(certificate);
    String until = shell.t("keys.until", formats.date(facts.notAfter()));
    return new KeyViews.Holder(
        name,
        label.isEmpty() ? until : shell.t(label) + ", " + until,
        spaced(facts.sha256()),
        may && !asked(KeyRequest.Kind.ESCROW, name) && has(Role.ADMINISTRATOR));
  }

  private KeyViews.Waiting waiting(KeyRequest request, List<KeyViews.Repository> all) {
    String about =
        all.stream()
            .filter(r -> r.name().equals(request.subject()))
            .map(KeyViews.Repository::place)
            .findFirst()
            .orElse(request.subject());
    return new KeyViews.Waiting(
        request.kind().id(),
        request.subject(),
        shell.t("keys.waits." + request.kind().id(), about),
        shell.t("keys.waits.by", request.by(), formats.dateTime(request.at()), request.why()),
        shell.person().filter(p -> p.person().id().equals(request.by())).isPresent(),
        has(Role.ADMINISTRATOR));
  }

  private boolean asked(KeyRequest.Kind kind, String subject) {
    return acts.waiting().stream().anyMatch(r -> r.kind() == kind && r.subject().equals(subject));
  }

  private static String spaced(String print) {
    return print.replaceAll("(.{8})(?=.)", "$1 ");
  }

  private KeyViews.Repository repository(KeyStatus status) throws IOException {
    PasswordChange.Former former = acts.former(status.repository()).orElse(null);
    boolean inUse = acts.inUse(status.place());
    Era old =
        acts.eras().stream()
            .filter(e -> e.address().equals(status.place()) && !inUse)
            .findFirst()
            .orElse(null);
    Instant proven = status.lastDrill().map(d -> d.at()).orElse(null);
    boolean good = proven != null && shell.now().isBefore(proven.plus(YEARLY));
    return new KeyViews.Repository(
        status.repository(),
        status.place(),
        shell.t("keys.era", formats.number(status.era()), formats.date(status.made())),
        status.recipients().stream().map(this::recipient).toList(),
        status.shares().isEmpty()
            ? shell.t("keys.shares.none")
            : shell.t("keys.shares.set", status.shares()),
        good ? "health-ok" : "health-attention",
        good ? "ok" : "attention",
        status
            .lastDrill()
            .map(d -> shell.t("keys.drill.last", formats.dateTime(d.at()), d.person()))
            .orElse(shell.t("keys.drill.never")),
        former == null ? "" : shell.t("keys.former", formats.dateTime(former.since()), former.by()),
        former != null && former.proven(),
        asked(KeyRequest.Kind.PASSWORD, status.repository()),
        old == null ? "" : era(old),
        old != null && acts.left(old.address()).snapshots() == 0,
        status.recipients().stream().anyMatch(r -> r.role() == KeyStatus.Role.OPERATIONS),
        asked(KeyRequest.Kind.ERA, status.repository()),
        inUse ? next(status.place()) : "",
        status.closed().stream()
            .map(
                era ->
                    shell.t(
                        "keys.closed",
                        formats.number(era.era()),
                        formats.date(era.from()),
                        formats.date(era.to()),
                        era.place()))
            .toList());
  }

  private String era(Era era) {
    Instant closed = era.closedAt();
    LeftStore.Left left = acts.left(era.address());
    Instant oldest = left.oldest();
    String begun = shell.t("keys.era.followed", formats.date(era.at()), era.followedBy()) + " ";
    if (closed == null) {
      return begun
          + (oldest == null
              ? shell.t("keys.era.empty")
              : shell.t("keys.era.open", formats.number(left.snapshots()), formats.date(oldest)));
    }
    return begun
        + shell.t("keys.era.closed", formats.date(closed), era.closedBy())
        + " "
        + (oldest == null
            ? shell.t("keys.era.retired")
            : shell.t("keys.era.kept", formats.number(left.snapshots())));
  }

  /** A place beside the one in use: the same name with a number that is one higher. */
  private static String next(String place) {
    Matcher number = Pattern.compile("(.*-)([0-9]{1,4})").matcher(place);
    return number.matches()
        ? number.group(1) + (Integer.parseInt(number.group(2)) + 1)
        : place + "-2";
  }

  private KeyViews.Recipient recipient(KeyStatus.Recipient one) {
    Instant until = one.until();
    boolean soon = until == null || until.isBefore(shell.now().plus(SOON));
    String role =
        switch (one.role()) {
          case OPERATIONS -> shell.t("keys.role.operations");
          case ESCROW -> shell.t("keys.role.escrow");
          case UNKNOWN -> shell.t("keys.role.unknown");
        };
    return new KeyViews.Recipient(
        soon ? "health-attention" : "health-ok",
        soon ? "attention" : "ok",
        role,
        one.name(),
        until == null ? "" : shell.t("keys.until", formats.date(until)),
        spaced(one.fingerprint()),
        one.role() == KeyStatus.Role.ESCROW ? one.name() : "");
  }
}
