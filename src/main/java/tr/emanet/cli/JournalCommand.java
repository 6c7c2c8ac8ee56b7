package tr.emanet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tr.emanet.event.IpAddress;
import tr.emanet.journal.JournalRecord;
import tr.emanet.journal.JournalTool;
import tr.emanet.keep.DestructionFiles;

/** {@code emanet journal ...}: looks at the evidence itself. */
@Command(name = "journal", description = "Verifies, repairs and prints the journal.")
final class JournalCommand implements Runnable {

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name one of verify, repair, cat");
  }

  /** Reads every byte; works while the service runs. */
  @Command(
      name = "verify",
      description = "Reads every byte of every segment; exit code 4 when something is damaged.")
  static final class Verify implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    @Option(names = "--json", description = "Prints the report as one JSON object")
    private boolean json;

    private final PrintStream out;

    Verify(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws IOException {
      // What retention has destroyed on record is not missing.
      DestructionFiles destroyed =
          new DestructionFiles(state.directory().root().resolve("seals"), ZoneOffset.UTC);
      JournalTool.Report report =
          JournalTool.verify(state.directory().journal(), destroyed.segments(), segment -> {});
      if (json) {
        out.println(new ObjectMapper().writeValueAsString(report));
      } else {
        out.println(
            report.records()
                + " records in "
                + report.segments()
                + " segments, sequences "
                + report.firstSequence()
                + " to "
                + report.lastSequence()
                + ", "
                + report.rawBytes()
                + " bytes raw, "
                + report.storedBytes()
                + " stored");
        report.gaps().forEach(gap -> out.println("gap (never acknowledged): " + gap));
        report
            .damages()
            .forEach(d -> out.println((d.torn() ? "unfinished end: " : "DAMAGED: ") + d));
        out.println(report.sound() ? "the journal is sound" : "the journal is damaged");
      }
      return report.sound() ? ExitCode.OK : ExitCode.DAMAGED;
    }
  }

  /** Cuts torn tails; refuses while the service runs. */
  @Command(
      name = "repair",
      description =
          "Cuts unfinished ends, keeping the bytes beside; refused while the service runs.")
  static final class Repair implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    private final PrintStream out;

    Repair(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws IOException, CommandFailed {
      return switch (JournalTool.repair(state.directory().root(), state.directory().journal())) {
        case JournalTool.Repair.Done(List<String> done, List<String> problems) -> {
          done.forEach(out::println);
          problems.forEach(p -> out.println("left as it is: " + p));
          out.println(done.isEmpty() ? "nothing had to be repaired" : "repaired");
          yield problems.isEmpty() ? ExitCode.OK : ExitCode.DAMAGED;
        }
        case JournalTool.Repair.Refused(String pid) ->
            throw new CommandFailed(
                ExitCode.NOT_AVAILABLE,
                "process " + pid + " uses " + state.directory().root() + "; stop it first");
      };
    }
  }

  /** Prints records. */
  @Command(name = "cat", description = "Prints records as JSON lines, or their exact bytes.")
  static final class Cat implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    @Option(names = "--stream", paramLabel = "NAME", description = "One stream (default: all)")
    private @Nullable String stream;

    @Option(names = "--from", paramLabel = "SEQUENCE", defaultValue = "1", description = "First")
    private long from;

    @Option(
        names = "--to",
        paramLabel = "SEQUENCE",
        defaultValue = "9223372036854775807",
        description = "Last")
    private long to;

    @Option(names = "--raw", description = "The bytes as received, a line feed after each record")
    private boolean raw;

    private final PrintStream out;
    private final ObjectMapper mapper = new ObjectMapper();

    Cat(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws IOException {
      List<JournalTool.Damage> skipped =
          JournalTool.cat(state.directory().journal(), stream, from, to, this::print);
      out.flush();
      return skipped.isEmpty() ? ExitCode.OK : ExitCode.DAMAGED;
    }

    private void print(JournalRecord record) {
      if (raw) {
        out.write(record.bytes(), 0, record.bytes().length);
        out.write('\n');
        return;
      }
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("stream", record.position().stream());
      line.put("sequence", record.position().sequence());
      line.put(
          "received", Instant.EPOCH.plus(record.receivedMicros(), ChronoUnit.MICROS).toString());
      line.put("listener", record.source().listener());
      line.put("address", IpAddress.text(record.source().address(), 0));
      line.put("port", record.source().port());
      line.put("flags", record.flags());
      if (!record.attributes().isEmpty()) {
        line.put("attributes", record.attributes().display());
      }
      line.put("bytes_base64", Base64.getEncoder().encodeToString(record.bytes()));
      try {
        out.println(mapper.writeValueAsString(line));
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
