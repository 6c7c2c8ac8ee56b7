package tr.emanet.backup.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchPlaceTest {

  @TempDir Path below;

  @Test
  void endsTheServerThatAKilledProcessLeftAndRemovesItsDirectory() throws Exception {
    Path directory;
    Process server;
    try (ScratchPlace place = ScratchPlace.make(below, "pg", "nobody")) {
      directory = place.beside("");
      Path data = Files.writeString(place.inner().resolve("data"), "");
      server = place.start(List.of("tail", "-f", data.toString()));
      String owner = Files.readString(place.beside("owner"));
      String dead = owner.replaceFirst(" [0-9]+ ", " 999999999 ");

      ScratchPlace.sweep(below);
      assertThat(server.isAlive()).as("its owner lives").isTrue();
      assertThat(data).exists();
      Files.writeString(place.beside("owner"), dead);
      ScratchPlace.sweep(below);

      assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(directory).doesNotExist();
    }
  }

  @Test
  void leavesWhatIsNotItsOwn() throws Exception {
    Path unnamed = Files.createDirectory(below.resolve("emanet-pg-123"));
    Path strange = Files.createDirectory(below.resolve("emanet-pg-x"));
    Files.writeString(strange.resolve("owner"), "boot 999999999 1");

    ScratchPlace.sweep(below);

    assertThat(unnamed).exists();
    assertThat(strange).exists();
  }
}
