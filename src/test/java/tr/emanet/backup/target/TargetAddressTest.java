package tr.emanet.backup.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tr.emanet.backup.BackupException;

class TargetAddressTest {

  @Test
  void readsTheFormsOfRestic() throws Exception {
    assertThat(TargetAddress.parse("/srv/yedek/./a"))
        .isEqualTo(new TargetAddress.Directory(Path.of("/srv/yedek/a")));
    assertThat(TargetAddress.parse("sftp://yedek@depo1:2222//srv/a"))
        .isEqualTo(new TargetAddress.Sftp("yedek", "depo1", 2222, "/srv/a"));
    assertThat(TargetAddress.parse("sftp://yedek@[::1]/a/b/"))
        .isEqualTo(new TargetAddress.Sftp("yedek", "::1", 22, "a/b"));
    assertThat(TargetAddress.parse("sftp:yedek@depo1:/srv/a"))
        .isEqualTo(new TargetAddress.Sftp("yedek", "depo1", 22, "/srv/a"));
    assertThat(TargetAddress.parse("s3:s3.example.org/yedek/bir/iki/"))
        .isEqualTo(new TargetAddress.S3(URI.create("https://s3.example.org"), "yedek", "bir/iki"));
    assertThat(TargetAddress.parse("s3:http://127.0.0.1:9000/yedek"))
        .isEqualTo(new TargetAddress.S3(URI.create("http://127.0.0.1:9000"), "yedek", ""));
    assertThat(TargetAddress.parse("rest:https://h:8000/ebys"))
        .isEqualTo(new TargetAddress.Rest(URI.create("https://h:8000/ebys/")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/srv/yedek",
        "sftp://yedek@depo1:22//srv/a",
        "sftp://yedek@[::1]:22/a",
        "sftp://yedek@depo1:22//srv/ikinci%20bina%25/ığ",
        "s3:https://h/yedek/bir",
        "rest:http://h:1/a/"
      })
  void writesWhatItReads(String text) throws Exception {
    assertThat(TargetAddress.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "yedek,no address",
    "ftp://h/x,no address",
    "sftp://h//x,names no user",
    "sftp://u:p@h//x,holds a password",
    "sftp://u@h,no directory",
    "sftp:u@h,names no path",
    "sftp:u@-oProxyCommand=x:/x,names no host",
    "s3:https://k:s@h/bucket,into files",
    "s3:https://h/,names no bucket",
    "s3:https://h/A_B,names no bucket",
    "rest:https://u:p@h/x,into files",
    "rest:file:///etc/passwd,names no server",
    "rest:https://h/x?y=1,'?'",
  })
  void refusesWithTheRemedy(String text, String says) {
    assertThatThrownBy(() -> TargetAddress.parse(text))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining(says);
  }

  @Test
  void refusesTwoLines() {
    assertThatThrownBy(() -> TargetAddress.parse("/srv/a\nb")).isInstanceOf(BackupException.class);
  }
}
