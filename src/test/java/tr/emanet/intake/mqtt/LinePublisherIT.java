package tr.emanet.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines handed to a real broker that asks who we are. */
class LinePublisherIT {

  @TempDir Path folder;

  @Test
  void logsInAtABrokerThatTakesNobodyElse() throws Exception {
    Path passwords = folder.resolve("passwords");
    run("mosquitto_passwd", "-b", "-c", passwords.toString(), "tanik", "gizli söz");
    try (Mosquitto broker =
        new Mosquitto(folder, "allow_anonymous false", "password_file " + passwords)) {
      String uri = "tcp://127.0.0.1:" + broker.port();
      read(broker, "-E");

      new LinePublisher(uri, "tanik/x", secret("tanik\ngizli söz\n"))
          .publish("emanet-checkpoint 1");

      assertThat(read(broker, "-C", "1")).isEqualTo("emanet-checkpoint 1\n");
      assertThatThrownBy(() -> new LinePublisher(uri, "tanik/x", null).publish("x"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(uri);
      Path wrong = secret("tanik\nbaşka\n");
      assertThatThrownBy(() -> new LinePublisher(uri, "tanik/x", wrong).publish("x"))
          .isInstanceOf(IOException.class);
    }
  }

  private Path secret(String text) throws IOException {
    Path file = folder.resolve("credentials");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text);
  }

  /** With a session that lasts, so that nothing must run while a line comes. */
  private static String read(Mosquitto broker, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("mosquitto_sub", "-p", Integer.toString(broker.port()), "-u", "tanik"));
    command.addAll(List.of("-P", "gizli söz", "-c", "-i", "okur", "-q", "1", "-t", "tanik/#"));
    command.addAll(List.of("-W", "20"));
    command.addAll(List.of(options));
    return run(command.toArray(String[]::new));
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
