package tr.emanet.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Style sheet, scripts and shapes, read from the class path once. The version in their path is a
 * digest of all of them, so browsers may keep them for a year and never mix two releases.
 * Immutable.
 */
public final class StaticFiles {

  /** Every file that is served; what is not listed does not exist. */
  private static final String LIST = "files.txt";

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml; charset=utf-8",
          "txt", "text/plain; charset=utf-8");

  /** One file. */
  record StaticFile(byte[] bytes, String type) {

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private final Map<String, StaticFile> files = new LinkedHashMap<>();
  private final String version;

  /** Reads all files. */
  public StaticFiles() {
    MessageDigest digest = sha256();
    for (String path : new String(read(LIST), StandardCharsets.UTF_8).lines().toList()) {
      byte[] bytes = read(path);
      digest.update(path.getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
      String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      String type = TYPES.get(ending);
      if (type == null) {
        throw new IllegalStateException("static file " + path + " has an unknown ending");
      }
      files.put(path, new StaticFile(bytes, type));
    }
    this.version = HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  /** The URL of a file; an unlisted one is a bug. */
  public String url(String path) {
    if (!files.containsKey(path)) {
      throw new IllegalArgumentException("static file " + path + " is not in " + LIST);
    }
    return "/static/" + version + "/" + path;
  }

  String version() {
    return version;
  }

  Optional<StaticFile> find(String path) {
    return Optional.ofNullable(files.get(path));
  }

  private static byte[] read(String path) {
    String name = "/tr/emanet/web/assets/" + path;
    try (InputStream in = StaticFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("static file " + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("static file " + name + " cannot be read", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java", e);
    }
  }
}
