package tr.emanet.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Runs {@code Verify.java}, the program that lies in every archive, in this process: the text is
 * compiled in memory, so that what we say of an archive is what an expert's run of it says.
 * Thread-safe; compiling takes about a second and is done once.
 */
public final class Verifier {

  /** The program's file name. */
  static final String FILE = "Verify.java";

  /** Lines of output that are kept; one segment alone may have a thousand findings. */
  private static final int MAX_LINES = 20_000;

  /** Hears how far a run is, about twice a second. */
  public interface Progress {
    /** Bytes read, bytes to read, and the file that is being read. */
    void at(long done, long total, String file);
  }

  /**
   * What a run said.
   *
   * @param code its exit code: 0 nothing wrong, 1 something wrong, 2 not understood, 3 unreadable
   * @param lines each begins with OK, NOTE, WRONG or VERDICT
   */
  public record Outcome(int code, List<String> lines) {
    public Outcome {
      lines = List.copyOf(lines);
    }

    /** The findings, without the word at their begin. */
    public List<String> wrong() {
      return of("WRONG ");
    }

    public List<String> notes() {
      return of("NOTE ");
    }

    private List<String> of(String word) {
      return lines.stream()
          .filter(line -> line.startsWith(word))
          .map(line -> line.substring(word.length()))
          .toList();
    }
  }

  private final MethodHandle run;

  private Verifier(MethodHandle run) {
    this.run = run;
  }

  /** The program's text. */
  static byte[] source() throws IOException {
    try (InputStream in = Verifier.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IOException("the resource " + FILE + " is missing: install the program anew");
      }
      return in.readAllBytes();
    }
  }

  /**
   * Compiles it.
   *
   * @throws IOException when this runtime has no compiler (module jdk.compiler)
   */
  public static Verifier compile() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException(
          "this Java runtime has no compiler (module jdk.compiler); run java "
              + FILE
              + " with a JDK instead");
    }
    StringWriter said = new StringWriter();
    try (Classes classes =
        new Classes(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8))) {
      boolean done =
          compiler
              .getTask(
                  said,
                  classes,
                  null,
                  List.of("-proc:none", "-Xlint:none"),
                  null,
                  List.of(new Source(new String(source(), StandardCharsets.UTF_8))))
              .call();
      if (!done) {
        throw new IOException(FILE + " does not compile: " + said);
      }
      Class<?> program = new Loader(classes.made).loadClass("Verify");
      return new Verifier(
          MethodHandles.publicLookup()
              .findStatic(
                  program,
                  "run",
                  MethodType.methodType(
                      int.class, String[].class, PrintStream.class, PrintStream.class)));
    } catch (ReflectiveOperationException e) {
      throw new IOException(FILE + " has no method run", e);
    }
  }

  /** Runs it with arguments as on its command line. */
  public Outcome run(List<String> arguments, Progress progress) {
    List<String> lines = new ArrayList<>();
    PrintStream out = lines(line -> keep(lines, line));
    PrintStream told = lines(line -> tell(line, progress));
    try (out;
        told) {
      int code = (int) run.invokeExact(arguments.toArray(new String[0]), out, told);
      out.flush();
      return new Outcome(code, lines);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      // Boundary: a method handle may throw anything; the program throws nothing checked.
      throw new IllegalStateException(e);
    }
  }

  private static void keep(List<String> lines, String line) {
    if (lines.size() < MAX_LINES || line.startsWith("VERDICT")) {
      lines.add(line);
    }
  }

  private static void tell(String line, Progress progress) {
    String[] parts = line.split(" ", 4);
    if (parts.length == 4 && parts[0].equals("progress")) {
      progress.at(Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3]);
    }
  }

  private static PrintStream lines(java.util.function.Consumer<String> line) {
    return new PrintStream(
        new OutputStream() {
          private final ByteArrayOutputStream current = new ByteArrayOutputStream();

          @Override
          public void write(int b) {
            if (b == '\n') {
              line.accept(current.toString(StandardCharsets.UTF_8));
              current.reset();
            } else if (b != '\r') {
              current.write(b);
            }
          }
        },
        false,
        StandardCharsets.UTF_8);
  }

  /** The text as the compiler wants it. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///" + FILE), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) {
      return text;
    }
  }

  /** Keeps compiled classes in memory. */
  private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> made = new HashMap<>();

    Classes(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(
          URI.create("mem:///" + name.replace('.', '/') + ".class"), JavaFileObject.Kind.CLASS) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          made.put(name, out);
          return out;
        }
      };
    }
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, ByteArrayOutputStream> made;

    Loader(Map<String, ByteArrayOutputStream> made) {
      super("verify", ClassLoader.getPlatformClassLoader());
      this.made = made;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      ByteArrayOutputStream bytes = made.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes.toByteArray(), 0, bytes.size());
    }
  }
}
