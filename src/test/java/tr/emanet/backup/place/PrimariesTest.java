package tr.emanet.backup.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrimariesTest {

  @TempDir Path directory;

  private static Place place(long id, String address) {
    PlaceSpec spec = new PlaceSpec("hedef " + id, address, "", "", "", 0, 0, "", true, List.of());
    return new Place(id, spec, "mudur", Instant.EPOCH);
  }

  @Test
  void anAddressOfATargetAndANameLeadsBackToBoth() {
    List<Place> places =
        List.of(
            place(1, "sftp://a@sunucu//yedek"),
            place(2, "s3:https://bulut/kova"),
            place(3, "rest:https://depo:8000/x/"),
            place(4, "/mnt/disk"));

    assertThat(Primaries.possible(places)).containsExactlyElementsOf(places.subList(0, 3));
    for (Place place : places.subList(0, 3)) {
      String address = Primaries.address(place, "kayitlar");
      assertThat(Primaries.of(places, address)).contains(place);
      assertThat(Primaries.name(address)).isEqualTo("kayitlar");
    }
  }

  @Test
  void namesThatLeaveTheTargetOrAreOfItsCopiesLeadNowhere() {
    Place place = place(1, "sftp://a@sunucu//yedek");

    assertThat(List.of("", "..", ".gizli", "a/b", "depo-1", "ölçü", "a b"))
        .allSatisfy(
            name ->
                assertThat(Primaries.of(List.of(place), Primaries.address(place, name))).isEmpty());
  }

  @Test
  void aCopyOnTheServerOfTheRepositoryIsNoOtherMedium() {
    Place one = place(1, "sftp://a@sunucu//yedek");
    Place same = place(2, "sftp://b@sunucu:2222//baska");
    Place other = place(3, "rest:https://depo:8000/x/");
    Place disk = place(4, directory.toString());
    List<Place> places = List.of(one, same, other, disk);
    String repository = Primaries.address(one, "kayitlar");

    assertThat(Primaries.otherDisk(places, same, repository)).isFalse();
    assertThat(Primaries.otherDisk(places, other, repository)).isTrue();
    assertThat(Primaries.otherDisk(places, disk, repository)).isTrue();
    assertThat(Primaries.otherDisk(places, other, directory.toString())).isTrue();
  }
}
