package tr.emanet.torture;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tr.emanet.crash.CrashPoint;

/**
 * How a JVM for the service is started: the flags of {@code packaging/run}, our own class path.
 * When the build has just made the cache that lets the service start quickly, it is used, with the
 * jar that it was made of.
 */
final class Java {

  private static final Path JAR = Path.of("target", "emanet.jar");
  private static final Path CACHE = Path.of("target", "emanet.aot");
  private static final Path CACHE_KEY = Path.of("target", "emanet.aot.key");

  private Java() {}

  /** The project's root: tests and commands run there. */
  static Path root() {
    return Path.of("").toAbsolutePath();
  }

  /** The command up to, and without, the main class. */
  static List<String> command() {
    List<String> out = new ArrayList<>();
    out.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    out.addAll(
        List.of(
            "-Xms256m",
            "-Xmx1g",
            "-XX:+ExitOnOutOfMemoryError",
            // Most rounds kill a service that has just started.
            "-XX:TieredStopAtLevel=1",
            "-Dorg.eclipse.jetty.util.referencesPerCacheLine=16",
            "-Dkeystore.pkcs12.certPbeIterationCount=1",
            "-Dkeystore.pkcs12.keyPbeIterationCount=1",
            "-Dkeystore.pkcs12.macIterationCount=1",
            "-Demanet.home=" + root(),
            "-Djdk.serialFilter=!*",
            "-Dfile.encoding=UTF-8",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xlog:disable",
            "-Xlog:all=warning:stderr"));
    if (cacheFits()) {
      out.add("-XX:AOTCache=" + root().resolve(CACHE));
      out.addAll(List.of("-cp", cachedClassPath()));
    } else {
      out.addAll(List.of("-cp", classPath()));
    }
    return out;
  }

  /** The same with the classes of the tests behind the others. */
  static List<String> commandWithTests() {
    List<String> out = command();
    try {
      String tests = location(Java.class.getProtectionDomain().getCodeSource().getLocation());
      out.set(out.size() - 1, out.getLast() + File.pathSeparator + tests);
      return out;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the cache is there and its jar holds the very classes that this process runs with. */
  private static boolean cacheFits() {
    Path own = ownClasses();
    if (!Files.isRegularFile(root().resolve(CACHE))
        || !Files.isRegularFile(root().resolve(CACHE_KEY))) {
      return false;
    }
    try {
      Path jar = root().resolve(JAR);
      if (own.equals(jar)) {
        return true;
      }
      return own.equals(root().resolve(Path.of("target", "classes"))) && newerThanAll(jar, own);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean newerThanAll(Path jar, Path folder) throws IOException {
    FileTime made = Files.getLastModifiedTime(jar);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.getLastModifiedTime(file).compareTo(made) > 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static String cachedClassPath() {
    try (BufferedReader in = Files.newBufferedReader(root().resolve(CACHE_KEY))) {
      String line = in.readLine();
      if (line == null) {
        throw new IllegalStateException(CACHE_KEY + " is empty");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path ownClasses() {
    try {
      return Path.of(
          location(CrashPoint.class.getProtectionDomain().getCodeSource().getLocation()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The product's classes and the libraries this process has; not its test classes. */
  private static String classPath() {
    try {
      List<String> out = new ArrayList<>();
      out.add(ownClasses().toString());
      // A test launcher may load everything by a class loader of its own.
      if (CrashPoint.class.getClassLoader() instanceof URLClassLoader loader) {
        for (URL url : loader.getURLs()) {
          out.add(location(url));
        }
      } else {
        out.addAll(List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)));
      }
      String first = out.removeFirst();
      out.removeIf(entry -> !entry.endsWith(".jar"));
      out.addFirst(first);
      return String.join(File.pathSeparator, out);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String location(URL url) throws URISyntaxException {
    return Path.of(url.toURI()).toString();
  }
}
