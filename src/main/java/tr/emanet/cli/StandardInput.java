package tr.emanet.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Option;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.BackupPlan;
import tr.emanet.backup.restic.StreamSource;

/**
 * Names standard input, or the output of a program, as the one source of a backup, with the options
 * of stock restic. A program that fails and an output that is too short never become a snapshot.
 */
final class StandardInput {

  @Option(names = "--stdin", description = "Backs up standard input as one file")
  private boolean wanted;

  @Option(
      names = "--stdin-from-command",
      description =
          "Backs up what a program writes; after -- stand its name and its arguments. When it ends"
              + " with another code than 0, no snapshot is made")
  private boolean command;

  @Option(
      names = "--stdin-filename",
      paramLabel = "NAME",
      defaultValue = "stdin",
      description = "The file's name in the snapshot, may be a path (default: stdin)")
  private String name = "stdin";

  @Option(
      names = "--stdin-least",
      paramLabel = "BYTES",
      defaultValue = "1",
      description = "Fewer bytes are a failure (default: 1)")
  private long least = 1;

  /**
   * What is to be backed up.
   *
   * @param arguments paths, or the program with its arguments
   * @param in standard input
   */
  BackupPlan plan(List<String> arguments, InputStream in, Instant now) throws CommandFailed {
    if (!wanted && !command) {
      if (arguments.isEmpty()) {
        throw new CommandFailed(ExitCode.USAGE, "name at least one path, or --stdin");
      }
      return BackupPlan.of(arguments.stream().map(Path::of).toList(), now);
    }
    if (wanted && command || wanted && !arguments.isEmpty() || command && arguments.isEmpty()) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--stdin takes no paths; --stdin-from-command takes a program after --; not both");
    }
    if (least < 1) {
      throw new CommandFailed(ExitCode.USAGE, "--stdin-least is 1 or more");
    }
    StreamSource.Opener opener = command ? () -> new Output(arguments) : () -> in;
    try {
      String path = name.startsWith("/") ? name : "/" + name;
      return BackupPlan.of(List.of(), now)
          .withStreams(List.of(new StreamSource(path, opener, now, least, true)));
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(ExitCode.USAGE, "'" + name + "' is no plain name of a file");
    }
  }

  /** What a program writes; closing throws when it did not end well. One reader. */
  private static final class Output extends FilterInputStream {

    private final Process program;
    private final String name;
    private boolean ended;

    Output(List<String> command) throws IOException {
      this(command.getFirst(), start(command));
    }

    private Output(String name, Process program) {
      super(program.getInputStream());
      this.name = name;
      this.program = program;
    }

    private static Process start(List<String> command) throws IOException {
      try {
        return new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
      } catch (IOException e) {
        throw new BackupException("'" + command.getFirst() + "' cannot be started", e);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = super.read(into, offset, length);
      ended |= n < 0;
      return n;
    }

    @Override
    public void close() throws IOException {
      if (!ended) {
        program.destroy();
      }
      super.close();
      try {
        int code = program.waitFor();
        if (ended && code != 0) {
          throw new BackupException("'" + name + "' ended with " + code);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        program.destroy();
        throw new BackupException("'" + name + "' was not waited for", e);
      }
    }
  }

  /** Paths that could hold the repository; none of a stream. */
  List<Path> paths(List<String> arguments) {
    return wanted || command ? List.of() : arguments.stream().map(Path::of).toList();
  }
}
