package tr.emanet.overview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tr.emanet.alert.OutboxStatus;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.journal.JournalStatus;
import tr.emanet.journal.seal.SealReport;
import tr.emanet.web.Health;
import tr.emanet.web.Texts;

/** Finds what an operator must know, worst first. Pure. */
final class Findings {

  private final Texts texts;
  private final List<Finding> found = new ArrayList<>();

  private Findings(Texts texts) {
    this.texts = texts;
  }

  /** Everything that is not as it should be; empty when all is well. */
  static List<Finding> of(SystemSnapshot snapshot, Texts texts) {
    Findings findings = new Findings(texts);
    findings.gate(snapshot.intake().gate());
    findings.pipeline(snapshot);
    findings.listeners(snapshot.intake());
    findings.routes(snapshot.intake());
    snapshot
        .feedsNotTickedSince()
        .ifPresent(
            since ->
                findings.add(
                    Health.ATTENTION,
                    "system.finding.feeds.ticks",
                    texts.formats().shortMoment(since)));
    findings.journal(snapshot.journal());
    findings.balance(snapshot.balance());
    findings.notifications(snapshot.notifications());
    findings.seal(snapshot.seal());
    findings.found.sort(Comparator.comparing(Finding::health).reversed());
    return List.copyOf(findings.found);
  }

  private void add(Health health, String key, Object... arguments) {
    found.add(new Finding(health, texts.get(key, arguments)));
  }

  private void seal(SealReport report) {
    Health health = SealView.health(report);
    if (!report.seal().findings().isEmpty()) {
      add(health, "system.finding.seal.changed", report.seal().findings().getFirst());
    } else if (report.seal().late()) {
      add(health, "system.finding.seal.late", texts.formats().span(report.seal().unsealed()));
    } else if (health != Health.OK) {
      add(health, "system.finding.seal.trouble");
    }
  }

  private void gate(IntakeStatus.Gate gate) {
    switch (gate) {
      case OPEN -> {}
      case PRESSURE -> add(Health.ATTENTION, "system.finding.pressure");
      case RESERVED -> add(Health.BROKEN, "system.finding.reserved");
      case CLOSED -> add(Health.BROKEN, "system.finding.closed");
    }
  }

  private void pipeline(SystemSnapshot snapshot) {
    String problem = snapshot.pipeline().problem();
    if (problem != null) {
      add(Health.BROKEN, "system.finding.pipeline", problem);
    } else if (snapshot.pipeline().replaying()) {
      add(Health.ATTENTION, "system.finding.replaying");
    }
  }

  private void listeners(IntakeStatus intake) {
    for (IntakeStatus.ListenerStatus listener : intake.listeners()) {
      if (!listener.state().equals("listening") && !listener.state().equals("subscribed")) {
        add(Health.ATTENTION, "system.finding.listener", listener.name(), listener.state());
      }
      if (listener.kernelDrops() > 0) {
        add(Health.ATTENTION, "system.finding.kernel", listener.name(), listener.kernelDrops());
      }
      if (listener.receiveBufferGranted() < listener.receiveBufferAsked()) {
        add(
            Health.ATTENTION,
            "system.finding.buffer",
            listener.name(),
            texts.formats().bytes(listener.receiveBufferGranted()),
            texts.formats().bytes(listener.receiveBufferAsked()),
            Long.toString(listener.receiveBufferAsked()));
      }
    }
    if (intake.batches() > 0 && intake.freeBatches() == 0) {
      add(Health.ATTENTION, "system.finding.pool");
    }
  }

  private void routes(IntakeStatus intake) {
    for (IntakeStatus.RouteFile route : intake.routes()) {
      switch (route.state()) {
        case RUNNING -> {}
        case OUTDATED -> add(Health.ATTENTION, "system.finding.route.outdated", route.name());
        case BROKEN -> add(Health.BROKEN, "system.finding.route.broken", route.name());
      }
    }
  }

  private void journal(JournalStatus journal) {
    for (String problem : journal.problems()) {
      add(Health.BROKEN, "system.finding.journal", problem);
    }
    int expired =
        journal.streams().stream().mapToInt(JournalStatus.StreamStatus::expiredSegments).sum();
    if (expired > 0) {
      add(Health.ATTENTION, "system.finding.expired", expired);
    }
  }

  private void notifications(OutboxStatus status) {
    status
        .blownAt()
        .ifPresent(
            at -> add(Health.BROKEN, "system.finding.notify.blown", texts.formats().minute(at)));
    for (OutboxStatus.ChannelStatus channel : status.channels()) {
      if (channel.fuse()) {
        add(Health.ATTENTION, "system.finding.notify.fuse", channel.name());
      }
      if (!channel.problem().isEmpty()) {
        add(
            Health.ATTENTION,
            "system.finding.notify.trouble",
            channel.name(),
            channel.waiting(),
            channel.problem());
      }
    }
    if (status.failedToday() > 0) {
      add(Health.ATTENTION, "system.finding.notify.failed", status.failedToday());
    }
  }

  private void balance(SystemSnapshot.Balance balance) {
    if (!balance.balanced()) {
      add(Health.BROKEN, "system.finding.unbalanced", balance.difference());
    }
    if (balance.dropped() > 0) {
      add(Health.ATTENTION, "system.finding.dropped", balance.dropped());
    }
  }
}
