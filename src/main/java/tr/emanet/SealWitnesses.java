package tr.emanet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.PlainMail;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.intake.mqtt.LinePublisher;
import tr.emanet.journal.seal.DirectoryWitness;
import tr.emanet.journal.seal.Witness;

/** Makes the second places for checkpoints that the configuration names. */
final class SealWitnesses {

  private SealWitnesses() {}

  /** All of them; nothing is contacted yet. */
  static List<Witness> of(Settings settings, String machine) throws IOException {
    SealSettings.Witnesses named = settings.seal().witness();
    List<Witness> out = new ArrayList<>();
    named.directories().forEach(d -> out.add(new DirectoryWitness(Path.of(d))));
    for (String address : named.syslog()) {
      SealSettings.syslog(address, machine).ifPresent(out::add);
    }
    Path credentials =
        named.mqttCredentialsFile().isEmpty() ? null : Path.of(named.mqttCredentialsFile());
    for (String address : named.mqtt()) {
      SealSettings.Broker broker = SealSettings.broker(address).orElseThrow();
      out.add(new Lines("mqtt " + address, privately(broker, credentials)));
    }
    for (String to : named.mail()) {
      PlainMail mail = new PlainMail(Notifying.mail(settings.notification().mail(), to));
      out.add(new Mailed(to, machine, mail));
    }
    return out;
  }

  /** A password that others can read is not used, also when that happened after the start. */
  private static Line privately(SealSettings.Broker broker, @Nullable Path credentials) {
    LinePublisher publisher = new LinePublisher(broker.uri(), broker.topic(), credentials);
    return line -> {
      if (credentials != null) {
        PrivateFiles.mustBePrivate(credentials);
      }
      publisher.publish(line);
    };
  }

  /** Takes one line. */
  private interface Line {
    void send(String line) throws IOException;
  }

  private record Lines(String name, Line line) implements Witness {
    @Override
    public void hand(Entry entry) throws IOException {
      line.send(entry.line());
    }
  }

  private record Mailed(String to, String machine, PlainMail mail) implements Witness {
    @Override
    public String name() {
      return "mail " + to;
    }

    @Override
    public void hand(Entry entry) throws IOException {
      mail.send(
          entry.time(), "emanet-checkpoint " + entry.number() + " " + machine, entry.line() + "\n");
    }
  }
}
