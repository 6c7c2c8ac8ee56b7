package tr.emanet.backup.restic;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import tr.emanet.backup.BackupException;

/** The three keys of a repository: AES-256 (32 bytes), AES-128 and r of the code (16 each). */
record MasterKey(byte[] encrypt, byte[] macK, byte[] macR) {

  static MasterKey random(SecureRandom random) {
    byte[] bytes = new byte[64];
    random.nextBytes(bytes);
    return of(bytes);
  }

  /** From 64 bytes, as scrypt gives them. */
  static MasterKey of(byte[] bytes) {
    return new MasterKey(
        Arrays.copyOfRange(bytes, 0, 32),
        Arrays.copyOfRange(bytes, 32, 48),
        Arrays.copyOfRange(bytes, 48, 64));
  }

  byte[] toJson() {
    Base64.Encoder base64 = Base64.getEncoder();
    return ("{\"mac\":{\"k\":\""
            + base64.encodeToString(macK)
            + "\",\"r\":\""
            + base64.encodeToString(macR)
            + "\"},\"encrypt\":\""
            + base64.encodeToString(encrypt)
            + "\"}")
        .getBytes(StandardCharsets.US_ASCII);
  }

  static MasterKey fromJson(byte[] json, String what) throws BackupException {
    try {
      JsonNode node = JsonTree.read(json);
      MasterKey key =
          new MasterKey(
              node.path("encrypt").binaryValue(),
              node.path("mac").path("k").binaryValue(),
              node.path("mac").path("r").binaryValue());
      if (key.encrypt.length == 32 && key.macK.length == 16 && key.macR.length == 16) {
        return key;
      }
    } catch (IOException | NullPointerException e) {
      throw new BackupException(what + " holds no master key", e);
    }
    throw new BackupException(what + " holds a master key of another length");
  }

  /** Overwrites the keys. */
  void wipe() {
    Arrays.fill(encrypt, (byte) 0);
    Arrays.fill(macK, (byte) 0);
    Arrays.fill(macR, (byte) 0);
  }

  @Override
  public String toString() {
    return "MasterKey[******]";
  }
}
