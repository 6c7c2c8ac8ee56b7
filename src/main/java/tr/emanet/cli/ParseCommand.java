package tr.emanet.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.event.SourceAddress;
import tr.emanet.parse.ConfiguredSources;
import tr.emanet.parse.EcsJson;
import tr.emanet.parse.EventParser;
import tr.emanet.parse.SourceConfig;

/** {@code emanet parse}: what the pipeline would make of each line. */
@Command(
    name = "parse",
    description = "Reads lines on standard input, prints one ECS JSON object a line.")
final class ParseCommand implements Callable<Integer> {

  private static final int MAX_LINE = 64 * 1024;

  @Mixin private StateOption state = new StateOption();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "Europe/Istanbul",
      description = "Zone of stamps without one (default: ${DEFAULT-VALUE})")
  private String zone = "Europe/Istanbul";

  @Option(names = "--import", description = "Believes time stamps of any age")
  private boolean imports;

  private final InputStream in;
  private final PrintStream out;

  ParseCommand(InputStream in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    SourceAddress stdin = new SourceAddress("stdin", new byte[16], 0);
    EventParser parser =
        new EventParser(
            new ConfiguredSources(
                new SourceConfig(
                    zone, "windows-1254", imports ? Set.of("stdin") : Set.of(), List.of())));
    Event event = new Event();
    long sequence = 0;
    try (BufferedInputStream lines = new BufferedInputStream(in, 1 << 16)) {
      for (byte[] line = line(lines); line != null; line = line(lines)) {
        sequence++;
        event.reset(
            line, 0, line.length, System.currentTimeMillis() * 1000, stdin, Attributes.NONE, 0);
        parser.parse(event);
        out.println(EcsJson.line(EventRecord.of(new Position("stdin", sequence), event)));
      }
    }
    out.flush();
    return ExitCode.OK;
  }

  /** One line without its end, cut at 64 KiB; null at the end of the input. */
  private static byte @org.jspecify.annotations.Nullable [] line(InputStream in)
      throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    boolean any = false;
    for (int b = in.read(); b >= 0; b = in.read()) {
      any = true;
      if (b == '\n') {
        break;
      }
      if (line.size() < MAX_LINE) {
        line.write(b);
      }
    }
    if (!any) {
      return null;
    }
    byte[] bytes = line.toByteArray();
    return bytes.length > 0 && bytes[bytes.length - 1] == '\r'
        ? java.util.Arrays.copyOf(bytes, bytes.length - 1)
        : bytes;
  }

  /** The directory is not needed; the option exists because every command has it. */
  Path directory() {
    return state.directory().root();
  }
}
