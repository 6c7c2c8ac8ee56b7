package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of every command. */
@Command(
    name = "emanet",
    description = "Log evidence, search, detection and backup for a municipal SOME.",
    mixinStandardHelpOptions = true,
    version = "emanet 0.1.0",
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

  @picocli.CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String... arguments) {
    PrintStream out =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out),
            false,
            StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
    int code = run(out, err, arguments);
    out.flush();
    System.exit(code);
  }

  /** Runs one command; nothing but {@code serve} keeps threads behind. */
  static int run(PrintStream out, PrintStream err, String... arguments) {
    CommandLine command = new CommandLine(new Main());
    command.addSubcommand(new ServeCommand(out, err));
    command.addSubcommand(new CheckCommand(out));
    command.addSubcommand(
        "journal",
        new CommandLine(new JournalCommand())
            .addSubcommand(new JournalCommand.Verify(out))
            .addSubcommand(new JournalCommand.Repair(out))
            .addSubcommand(new JournalCommand.Cat(out)));
    command.addSubcommand(new ParseCommand(System.in, out));
    command.addSubcommand(new SearchCommand(out, err));
    command.addSubcommand(
        "token",
        new CommandLine(new TokenCommand())
            .addSubcommand(new TokenCommand.Create(out))
            .addSubcommand(new TokenCommand.Show(out))
            .addSubcommand(new TokenCommand.Revoke(out)));
    command.addSubcommand(
        "user",
        new CommandLine(new UserCommand())
            .addSubcommand(new UserCommand.Create(out))
            .addSubcommand(new UserCommand.Show(out))
            .addSubcommand("disable", new UserCommand.Change("disable", out))
            .addSubcommand("enable", new UserCommand.Change("enable", out))
            .addSubcommand("reset", new UserCommand.Change("reset", out)));
    command.setOverwrittenOptionsAllowed(true);
    command.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    command.setExecutionExceptionHandler(
        (exception, line, result) -> {
          if (exception instanceof CommandFailed failed) {
            err.println("emanet: " + failed.getMessage());
            return failed.exitCode();
          }
          if (exception instanceof IOException failed) {
            err.println("emanet: " + failed.getMessage());
            return ExitCode.FAILED;
          }
          throw exception;
        });
    return command.execute(arguments);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name a command");
  }
}
