package tr.emanet.backup.restic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.crypto.Scrypt;

/** One password's way to the master key: scrypt parameters, salt, and the key sealed under it. */
record KeyFile(int n, int r, int p, byte[] salt, byte[] data) {

  static final int MAX_SIZE = 1 << 20;

  /** What scrypt costs us: 32 MiB, about a third of a second. */
  record Cost(int n, int r, int p) {}

  static final Cost COST = new Cost(1 << 15, 8, 3);

  /** The stored bytes of a new key file. */
  static byte[] make(
      MasterKey master, byte[] password, Cost cost, SecureRandom random, Origin origin, Instant now)
      throws IOException {
    byte[] salt = new byte[64];
    random.nextBytes(salt);
    MasterKey wrap = derive(password, salt, cost.n(), cost.r(), cost.p());
    byte[] json = master.toJson();
    byte[] sealed = new Sealer(wrap, random).seal(json);
    Arrays.fill(json, (byte) 0);
    wrap.wipe();
    ObjectNode node = JsonTree.object();
    node.put("created", now.toString());
    node.put("username", origin.user());
    node.put("hostname", origin.host());
    node.put("kdf", "scrypt").put("N", cost.n()).put("r", cost.r()).put("p", cost.p());
    node.put("salt", salt).put("data", sealed);
    return JsonTree.bytes(node);
  }

  static KeyFile parse(byte[] bytes, String what) throws BackupException {
    try {
      JsonNode node = JsonTree.read(bytes);
      byte[] salt = node.path("salt").binaryValue();
      byte[] data = node.path("data").binaryValue();
      int n = node.path("N").intValue();
      int r = node.path("r").intValue();
      int p = node.path("p").intValue();
      if (!"scrypt".equals(node.path("kdf").textValue())
          || salt == null
          || data == null
          || !Scrypt.accepts(n, r, p)) {
        throw new BackupException(what + " names a derivation that is not accepted");
      }
      return new KeyFile(n, r, p, salt, data);
    } catch (BackupException e) {
      throw e;
    } catch (IOException e) {
      throw new BackupException(what + " is damaged: it is no JSON", e);
    }
  }

  /** The master key, null when the password is not this key file's. */
  @Nullable MasterKey open(byte[] password, SecureRandom random, String what)
      throws BackupException {
    MasterKey wrap = derive(password, salt, n, r, p);
    byte[] json;
    try {
      json = new Sealer(wrap, random).open(data, what);
    } catch (BackupException e) {
      return null; // a tag that does not fit is how a wrong password shows
    } finally {
      wrap.wipe();
    }
    MasterKey key = MasterKey.fromJson(json, what);
    Arrays.fill(json, (byte) 0);
    return key;
  }

  private static MasterKey derive(byte[] password, byte[] salt, int n, int r, int p) {
    byte[] bytes = Scrypt.derive(password, salt, n, r, p, 64);
    MasterKey key = MasterKey.of(bytes);
    Arrays.fill(bytes, (byte) 0);
    return key;
  }
}
