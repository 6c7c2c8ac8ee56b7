package tr.emanet.backup.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tr.emanet.backup.key.KeyStatus;
import tr.emanet.backup.proof.KeyDesk;
import tr.emanet.event.Role;
import tr.emanet.web.Formats;
import tr.emanet.web.Shell;

/** Makes what the page of keys shows. One request. */
final class KeysScreen {

  private static final Duration YEARLY = Duration.ofDays(365);
  private static final Duration SOON = Duration.ofDays(60);

  private final KeyDesk keys;
  private final Shell shell;
  private final Formats formats;

  KeysScreen(KeyDesk keys, Shell shell) {
    this.keys = keys;
    this.shell = shell;
    this.formats = shell.formats();
  }

  KeyViews.Page page(String problem, String done) throws IOException {
    List<KeyViews.Repository> all = new ArrayList<>();
    for (KeyStatus status : keys.all()) {
      all.add(repository(status));
    }
    boolean administers =
        shell.person().filter(p -> p.person().has(Role.ADMINISTRATOR)).isPresent();
    return new KeyViews.Page(
        problem,
        done,
        administers,
        shell.t(keys.credential() ? "keys.root.credential" : "keys.root.file"),
        all);
  }

  private KeyViews.Repository repository(KeyStatus status) {
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
        one.fingerprint().replaceAll("(.{8})(?=.)", "$1 "),
        one.role() == KeyStatus.Role.ESCROW ? one.name() : "");
  }
}
