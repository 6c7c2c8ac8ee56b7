package tr.emanet.torture;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tr.emanet.crash.CrashPoint;

/** How a JVM for the service is started: the flags of {@code packaging/run}, our own class path. */
final class Java {

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
            "-Djdk.serialFilter=!*",
            "-Dfile.encoding=UTF-8",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath()));
    return out;
  }

  /** The product's classes and the libraries this process has; not its test classes. */
  private static String classPath() {
    try {
      List<String> out = new ArrayList<>();
      out.add(location(CrashPoint.class.getProtectionDomain().getCodeSource().getLocation()));
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
