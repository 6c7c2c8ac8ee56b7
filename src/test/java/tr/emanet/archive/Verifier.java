package tr.emanet.archive;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The one-file verifier, compiled from the resource, run in this process. */
final class Verifier {

  /** What a run said. */
  record Said(int code, List<String> lines) {

    Stream<String> wrong() {
      return lines.stream().filter(line -> line.startsWith("WRONG "));
    }

    boolean names(String text) {
      return wrong().anyMatch(line -> line.contains(text));
    }

    String text() {
      return String.join("\n", lines);
    }
  }

  private final MethodHandle run;

  Verifier(Path scratch) throws Exception {
    Path source = source(scratch);
    List<String> arguments = new ArrayList<>(List.of("-d", scratch.toString(), "-proc:none"));
    arguments.add(source.toString());
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException("Verify.java does not compile");
    }
    URLClassLoader loader = new URLClassLoader(new URL[] {scratch.toUri().toURL()});
    run =
        MethodHandles.publicLookup()
            .findStatic(
                loader.loadClass("Verify"),
                "run",
                MethodType.methodType(
                    int.class, String[].class, PrintStream.class, PrintStream.class));
  }

  /** Copies the resource to a directory. */
  static Path source(Path directory) throws Exception {
    Path source = directory.resolve("Verify.java");
    try (InputStream in = Verifier.class.getResourceAsStream("/tr/emanet/archive/Verify.java")) {
      Files.write(source, in.readAllBytes());
    }
    return source;
  }

  Said run(Object... arguments) {
    String[] texts = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
    int code;
    try {
      code =
          (int) run.invokeExact(texts, print, new PrintStream(out, false, StandardCharsets.UTF_8));
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    return new Said(code, out.toString(StandardCharsets.UTF_8).lines().toList());
  }
}
