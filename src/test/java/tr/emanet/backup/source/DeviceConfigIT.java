package tr.emanet.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.target.StockServers;
import tr.emanet.backup.target.TargetAccess;

/**
 * Devices played by an OpenSSH server whose command prints what such a device prints. The texts are
 * written after the makers' documents; no device was at hand.
 */
class DeviceConfigIT {

  private static final String FORTIGATE =
      """
      #config-version=FGT60F-7.4.3-FW-build2573-240201:opmode=0:vdom=0:user=yedek
      #conf_file_ver=1234567890
      #buildno=2573
      config system global
          set hostname "FW-BELEDİYE"
      end
      config vpn ipsec phase1-interface
          edit "merkez"
              set psksecret ENC aGVsbG8gd29ybGQ=
          next
      end
      """;

  @TempDir Path place;

  @Test
  void keepsWhatTheDeviceSaidByteForByte() throws Exception {
    try (StockServers servers = new StockServers(place)) {
      StockServers.Ssh ssh = servers.answering(FORTIGATE.replace("\n", "\r\n"), 0);
      Path out = Files.createDirectory(place.resolve("out"));

      Path file = device(ssh, DeviceKind.FORTIGATE).into(out);

      assertThat(Files.readString(file)).isEqualTo(FORTIGATE.replace("\n", "\r\n"));
      assertThat(Files.readString(place.resolve("ssh/asked")).strip())
          .isEqualTo("show full-configuration");
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void takesNothingThatIsCutOrRefused() throws Exception {
    try (StockServers servers = new StockServers(place)) {
      StockServers.Ssh cut =
          servers.answering(FORTIGATE.substring(0, FORTIGATE.indexOf("phase1")), 0);

      assertThatThrownBy(() -> device(cut, DeviceKind.FORTIGATE).into(place))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("no whole configuration");
      assertThatThrownBy(() -> device(cut, DeviceKind.CISCO).into(place))
          .isInstanceOf(BackupException.class);

      servers.answer("% Invalid input detected\n", 1);
      assertThatThrownBy(() -> device(cut, DeviceKind.CISCO).into(place))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("ended 'show running-config' with 1");
    }
    assertThat(place.resolve("127.0.0.1.conf")).doesNotExist();
  }

  @Test
  void doesNotLogInAtAnotherHost() throws Exception {
    try (StockServers servers = new StockServers(place)) {
      StockServers.Ssh ssh = servers.answering(FORTIGATE, 0);
      TargetAccess other = TargetAccess.key(ssh.clientKey(), "SHA256:" + "B".repeat(43));

      assertThatThrownBy(
              () ->
                  new DeviceConfig(
                          System.getProperty("user.name"),
                          "127.0.0.1",
                          ssh.port(),
                          DeviceKind.FORTIGATE,
                          other)
                      .into(place))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("host key");
    }
    assertThat(place.resolve("ssh/asked")).doesNotExist();
  }

  @Test
  void seesNoChangeInANewSaltAndSeesOneInAPolicy() {
    String salted =
        FORTIGATE
            .replace("aGVsbG8gd29ybGQ=", "b3RoZXIgc2FsdA==")
            .replace("1234567890", "9876543210")
            .replace("user=yedek", "user=nöbet");
    String changed = salted.replace("FW-BELEDİYE", "FW-2");

    assertThat(DeviceConfig.changes(DeviceKind.FORTIGATE, FORTIGATE, salted)).isEmpty();
    assertThat(DeviceConfig.changes(DeviceKind.FORTIGATE, FORTIGATE, changed))
        .contains("-    set hostname \"FW-BELEDİYE\"", "+    set hostname \"FW-2\"");
  }

  @Test
  void comparesCiscoAndMikrotikWithoutTheirClocks() {
    String cisco =
        """
        Building configuration...

        Current configuration : 4321 bytes
        !
        ! Last configuration change at 03:12:08 UTC Mon Nov 23 2026 by emre
        !
        version 15.2
        hostname sw1
        ntp clock-period 36029
        end
        """;
    String router =
        """
        # 2026-11-23 03:12:08 by RouterOS 7.14
        # software id = AB12-CD34
        /interface bridge
        add name=lan
        """;

    assertThat(DeviceKind.CISCO.whole(cisco)).isTrue();
    assertThat(DeviceKind.CISCO.whole(cisco.substring(0, cisco.length() - 4))).isFalse();
    assertThat(
            DeviceConfig.changes(
                DeviceKind.CISCO,
                cisco,
                cisco.replace("03:12", "04:00").replace("4321", "4322").replace("36029", "1")))
        .isEmpty();
    assertThat(DeviceKind.MIKROTIK.whole(router)).isTrue();
    assertThat(
            DeviceConfig.changes(
                DeviceKind.MIKROTIK, router, router.replace("2026-11-23 03", "2026-11-24 04")))
        .isEmpty();
    assertThat(
            DeviceConfig.changes(
                DeviceKind.MIKROTIK, router, router.replace("name=lan", "name=wan")))
        .isNotEmpty();
  }

  private static DeviceConfig device(StockServers.Ssh ssh, DeviceKind kind) {
    return new DeviceConfig(
        System.getProperty("user.name"),
        "127.0.0.1",
        ssh.port(),
        kind,
        TargetAccess.key(ssh.clientKey(), ssh.hostKey()));
  }
}
