package tr.emanet;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.crypto.sign.Pkcs11Token;
import tr.emanet.crypto.sign.SignaturePolicy;
import tr.emanet.crypto.stamp.TimeStampConfig;
import tr.emanet.journal.seal.SyslogWitness;
import tr.emanet.journal.seal.Witness;

/** The section {@code seal} of the configuration. Immutable. */
public record SealSettings(
    String policy, Token pkcs11, TimeStamp timestamp, Witnesses witness, Persons persons) {

  /** The word for the signature policy of the Turkish guide, profile P2. */
  static final String P2 = "P2";

  /** The word for the demonstration authority in place of an address. */
  static final String BUILT_IN = "builtin";

  /**
   * A key on a hardware module in place of the one that the machine makes; without a library there
   * is none.
   *
   * @param slotIndex position in the module's list of slots, from 0
   * @param keyLabel label of the key; empty when the slot holds only one
   * @param pinFile file, readable by us alone, with the PIN
   */
  public record Token(String library, int slotIndex, String keyLabel, String pinFile) {

    /** Where the key is, null when none is configured. */
    Pkcs11Token.@Nullable Place place() {
      return library.isEmpty()
          ? null
          : new Pkcs11Token.Place(
              Path.of(library), slotIndex, keyLabel.isEmpty() ? null : keyLabel);
    }

    private void problems(List<Settings.Breach> out) {
      if (library.isEmpty()) {
        return;
      }
      try {
        Pkcs11Token.Place ignored = place();
      } catch (IllegalArgumentException e) {
        out.add(new Settings.Breach("pkcs11", String.valueOf(e.getMessage())));
      }
      if (!Files.isReadable(Path.of(library))) {
        out.add(
            new Settings.Breach(
                "pkcs11.library",
                "'" + library + "' cannot be read; name the module's PKCS#11 library (*.so)"));
      }
      try {
        byte[] pin = PrivateFiles.read(Path.of(pinFile));
        if (new String(pin, StandardCharsets.UTF_8).isBlank()) {
          out.add(
              new Settings.Breach("pkcs11.pinFile", "'" + pinFile + "' is empty; write the PIN"));
        }
        Arrays.fill(pin, (byte) 0);
      } catch (IOException e) {
        out.add(new Settings.Breach("pkcs11.pinFile", String.valueOf(e.getMessage())));
      }
    }
  }

  /** Who stamps daily roots; without an address nobody does. */
  public record TimeStamp(
      String url, String mode, String user, String passwordFile, String trustFile, String policy) {}

  /** Second places for checkpoints. */
  public record Witnesses(
      List<String> directories,
      List<String> syslog,
      List<String> mqtt,
      String mqttCredentialsFile,
      List<String> mail) {
    public Witnesses {
      directories = List.copyOf(directories);
      syslog = List.copyOf(syslog);
      mqtt = List.copyOf(mqtt);
      mail = List.copyOf(mail);
    }
  }

  /** Whose signatures count: roots of authorities in PEM, and a directory with *.crl and *.ocsp. */
  public record Persons(String trustFile, String revocationDirectory) {}

  /**
   * Everything that is wrong; keys below {@code seal}.
   *
   * @param mailServer the server of notifications, empty when there is none
   */
  List<Settings.Breach> problems(String mailServer) {
    List<Settings.Breach> out = new ArrayList<>();
    pkcs11.problems(out);
    if (!policy.isEmpty() && !policy.equals(P2)) {
      out.add(
          new Settings.Breach("policy", "'" + policy + "' is not known; write P2 or leave it out"));
    }
    if (policy.equals(P2) && timestamp.url.isEmpty()) {
      out.add(
          new Settings.Breach(
              "policy", "P2 asks for a time stamp in the signature; set seal.timestamp.url"));
    }
    if (!timestamp.url.isEmpty() && !timestamp.url.equals(BUILT_IN)) {
      try {
        TimeStampConfig ignored = config();
      } catch (IllegalArgumentException e) {
        out.add(new Settings.Breach("timestamp.url", String.valueOf(e.getMessage())));
      }
      if (timestamp.trustFile.isEmpty() || !Files.isReadable(Path.of(timestamp.trustFile))) {
        out.add(
            new Settings.Breach(
                "timestamp.trustFile",
                "'"
                    + timestamp.trustFile
                    + "' cannot be read; name a PEM file with the root of the authority"));
      }
    }
    if (!persons.trustFile.isEmpty() && !Files.isReadable(Path.of(persons.trustFile))) {
      out.add(
          new Settings.Breach(
              "persons.trustFile",
              "'" + persons.trustFile + "' cannot be read; name a PEM file with the roots"));
    }
    if (!persons.revocationDirectory.isEmpty()
        && !Files.isDirectory(Path.of(persons.revocationDirectory))) {
      out.add(
          new Settings.Breach(
              "persons.revocationDirectory",
              "'" + persons.revocationDirectory + "' is no directory; make it"));
    }
    for (String directory : witness.directories) {
      if (!Path.of(directory).isAbsolute()) {
        out.add(
            new Settings.Breach(
                "witness.directories", "'" + directory + "' is no absolute path; begin with /"));
      }
    }
    for (String address : witness.syslog) {
      if (syslog(address, "-").isEmpty()) {
        out.add(
            new Settings.Breach(
                "witness.syslog",
                "'" + address + "' is no address; write udp://host:514 or tcp://host:601"));
      }
    }
    for (String address : witness.mqtt) {
      if (broker(address).isEmpty()) {
        out.add(
            new Settings.Breach(
                "witness.mqtt",
                "'" + address + "' is no address; write mqtt://host:1883/topic or mqtts://"));
      }
    }
    if (!witness.mqttCredentialsFile.isEmpty()) {
      try {
        PrivateFiles.mustBePrivate(Path.of(witness.mqttCredentialsFile));
      } catch (IOException e) {
        out.add(new Settings.Breach("witness.mqttCredentialsFile", String.valueOf(e.getMessage())));
      }
    }
    if (!witness.mail.isEmpty() && mailServer.isEmpty()) {
      out.add(new Settings.Breach("witness.mail", "needs a server; set notify.mail.host"));
    }
    return out;
  }

  /** The policy that the signatures of daily roots name. */
  SignaturePolicy rootPolicy() {
    return policy.equals(P2) ? SignaturePolicy.TURKISH_P2 : SignaturePolicy.NONE;
  }

  boolean builtIn() {
    return timestamp.url.equals(BUILT_IN);
  }

  /** The authority elsewhere, null when none is configured. */
  @Nullable TimeStampConfig authority() {
    return timestamp.url.isEmpty() || builtIn() ? null : config();
  }

  private TimeStampConfig config() {
    return new TimeStampConfig(
        URI.create(timestamp.url),
        TimeStampConfig.Mode.of(timestamp.mode)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "timestamp.mode '" + timestamp.mode + "' is not none, basic or kamusm")),
        timestamp.user.isEmpty() ? null : timestamp.user,
        timestamp.passwordFile.isEmpty() ? null : Path.of(timestamp.passwordFile),
        Path.of(timestamp.trustFile),
        timestamp.policy.isEmpty() ? null : timestamp.policy);
  }

  /** A broker that gets lines. */
  record Broker(String uri, String topic) {}

  /** Reads {@code mqtt://host:1883/topic} or {@code mqtts://host:8883/topic}. */
  static Optional<Broker> broker(String text) {
    try {
      URI uri = new URI(text);
      boolean tls = "mqtts".equals(uri.getScheme());
      String topic = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
      if ((tls || "mqtt".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getPort() > 0
          && topic.matches("[A-Za-z0-9/_.-]{1,200}")) {
        return Optional.of(
            new Broker((tls ? "ssl://" : "tcp://") + uri.getHost() + ":" + uri.getPort(), topic));
      }
      return Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  static Optional<Witness> syslog(String text, String machine) {
    try {
      URI uri = new URI(text);
      boolean tcp = "tcp".equals(uri.getScheme());
      if ((tcp || "udp".equals(uri.getScheme())) && uri.getHost() != null && uri.getPort() > 0) {
        return Optional.of(new SyslogWitness(uri.getHost(), uri.getPort(), tcp, machine));
      }
      return Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
