package tr.emanet.crypto.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.crypto.Openssl;
import tr.emanet.crypto.certificate.Certificates;

class AsicContainerTest {

  private final Instant now = Instant.now();

  @TempDir private Path directory = Path.of(".");

  private SealKey seal() throws Exception {
    return SealKey.openOrCreate(directory, "emanet", new SecureRandom(), InstantSource.fixed(now));
  }

  private static AsicContainer.Item item(String name, String text) {
    return new AsicContainer.Item(
        name, "text/plain", () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private byte[] container(SealKey seal) throws IOException {
    List<AsicContainer.Item> items =
        List.of(item("day.txt", "gün"), item("seals/kök özet+1.txt", "00ff"));
    List<AsicContainer.Signed> signed = new ArrayList<>();
    for (int signer = 1; signer <= 2; signer++) {
      byte[] manifest = AsicContainer.manifest(items, signer);
      signed.add(new AsicContainer.Signed(manifest, seal.sign(manifest)));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AsicContainer.write(out, items, signed, now);
    return out.toByteArray();
  }

  private AsicCheck.Result check(byte[] container, SealKey seal) {
    return AsicCheck.check(
        new ByteArrayInputStream(container),
        SignatureTerms.machine(seal.certificates(), List.of(), now),
        1 << 20);
  }

  @Test
  void writesWhatItAccepts() throws Exception {
    try (SealKey seal = seal()) {
      byte[] container = container(seal);

      AsicCheck.Result.Valid valid = (AsicCheck.Result.Valid) check(container, seal);

      assertThat(valid.objects()).containsExactly("day.txt", "seals/kök özet+1.txt");
      assertThat(valid.signatures()).hasSize(2);
      // Readers find the type at a fixed place: name at 30, content at 38, without extra field.
      assertThat(new String(container, 30, 39, StandardCharsets.US_ASCII))
          .isEqualTo("mimetypeapplication/vnd.etsi.asic-e+zip");
    }
  }

  @Test
  void holdsSignaturesThatOpensslVerifies() throws Exception {
    try (SealKey seal = seal()) {
      Map<String, byte[]> files = unpack(container(seal));
      Files.writeString(directory.resolve("ca.pem"), Certificates.pem(seal.certificates()));
      Files.write(directory.resolve("m.xml"), files.get("META-INF/ASiCManifest002.xml"));
      Files.write(directory.resolve("m.p7s"), files.get("META-INF/signature002.p7s"));

      assertThat(
              Openssl.run(
                      directory,
                      "cms",
                      "-verify",
                      "-cades",
                      "-binary",
                      "-inform",
                      "DER",
                      "-in",
                      "m.p7s",
                      "-content",
                      "m.xml",
                      "-CAfile",
                      "ca.pem",
                      "-out",
                      "/dev/null")
                  .text())
          .contains("CAdES Verification successful");
    }
  }

  private static Map<String, byte[]> unpack(byte[] container) throws IOException {
    Map<String, byte[]> out = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(container))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        out.put(e.getName(), zip.readAllBytes());
      }
    }
    return out;
  }

  private static byte[] pack(Map<String, byte[]> files, boolean stored) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> one : files.entrySet()) {
        ZipEntry entry = new ZipEntry(one.getKey());
        if (stored && one.getKey().equals("mimetype")) {
          CRC32 crc = new CRC32();
          crc.update(one.getValue());
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(one.getValue().length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(one.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  @Test
  void refusesEveryChangeWithItsReason() throws Exception {
    try (SealKey seal = seal()) {
      Map<String, byte[]> good = unpack(container(seal));
      byte[] text = {'x'};

      assertThat(check(pack(good, true), seal)).isInstanceOf(AsicCheck.Result.Valid.class);
      assertRefused(seal, "stored mimetype", pack(good, false));
      assertRefused(seal, "changed after", with(good, "day.txt", text));
      assertRefused(seal, "is not signed", with(good, "added.txt", text));
      assertRefused(seal, "not safe", with(good, "../evil", text));
      assertRefused(seal, "missing", without(good, "day.txt"));
      assertRefused(seal, "missing", without(good, "META-INF/signature001.p7s"));
      assertRefused(
          seal,
          "another object",
          with(
              good,
              "META-INF/ASiCManifest001.xml",
              Objects.requireNonNull(good.get("META-INF/ASiCManifest002.xml")),
              "META-INF/signature002.p7s",
              Objects.requireNonNull(good.get("META-INF/signature001.p7s"))));
      assertRefused(
          seal,
          "cannot be read",
          with(
              good,
              "META-INF/ASiCManifest001.xml",
              "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"
                  .getBytes(StandardCharsets.US_ASCII)));
      assertRefused(seal, "more than", with(good, "bomb", new byte[2 << 20]));
      assertRefused(seal, "stored mimetype", text);
    }
  }

  private static byte[] without(Map<String, byte[]> good, String name) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>(good);
    files.remove(name);
    return pack(files, true);
  }

  private static byte[] with(Map<String, byte[]> good, Object... pairs) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>(good);
    for (int i = 0; i < pairs.length; i += 2) {
      files.put((String) pairs[i], (byte[]) pairs[i + 1]);
    }
    return pack(files, true);
  }

  private void assertRefused(SealKey seal, String reason, byte[] container) {
    AsicCheck.Result result = check(container, seal);
    assertThat(result).isInstanceOf(AsicCheck.Result.Refused.class);
    assertThat(result.toString()).contains(reason);
  }

  @Test
  void takesNoNamesThatLeaveTheContainer() {
    for (String name : List.of("../x", "/x", "a//b", "META-INF/x", "mimetype", "a\\b", "")) {
      assertThatThrownBy(() -> item(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
