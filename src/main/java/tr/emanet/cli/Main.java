package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

  private static final List<String> COMMANDS =
      List.of(
          "serve",
          "archive",
          "assets",
          "audit",
          "backup",
          "check",
          "drill",
          "hunt",
          "indicators",
          "journal",
          "lookup5651",
          "notify",
          "parse",
          "repo",
          "restore",
          "retention",
          "seal",
          "search",
          "token",
          "user",
          "usom",
          "usom-simulator");

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
    if (arguments.length == 0 || !arguments[0].equals("serve")) {
      CommandLogging.on();
    }
    int code = run(out, err, arguments);
    out.flush();
    System.exit(code);
  }

  /** Runs one command; nothing but {@code serve} keeps threads behind. */
  static int run(PrintStream out, PrintStream err, String... arguments) {
    CommandLine command = new CommandLine(new Main());
    // Reading the annotations of all of them would take longer than most commands.
    boolean known = arguments.length > 0 && COMMANDS.contains(arguments[0]);
    for (String name : known ? List.of(arguments[0]) : COMMANDS) {
      command.addSubcommand(name, subcommand(name, out, err));
    }
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

  private static Object subcommand(String name, PrintStream out, PrintStream err) {
    return switch (name) {
      case "serve" -> new ServeCommand(out, err);
      case "check" -> new CheckCommand(out);
      case "hunt" -> new HuntCommand(out, err);
      case "archive" ->
          new CommandLine(new ArchiveCommand())
              .addSubcommand(new ArchiveCommand.Export(out, err))
              .addSubcommand(new ArchiveCommand.Verify(out, err));
      case "audit" ->
          new CommandLine(new AuditCommand()).addSubcommand(new AuditCommand.Verify(out));
      case "assets" ->
          new CommandLine(new AssetsCommand())
              .addSubcommand("import", new AssetsCommand.Import(out))
              .addSubcommand("export", new AssetsCommand.Export(out));
      case "journal" ->
          new CommandLine(new JournalCommand())
              .addSubcommand(new JournalCommand.Verify(out))
              .addSubcommand(new JournalCommand.Repair(out))
              .addSubcommand(new JournalCommand.Cat(out));
      case "notify" ->
          new CommandLine(new NotifyCommand()).addSubcommand("test", new NotifyCommand.Test(out));
      case "parse" -> new ParseCommand(System.in, out);
      case "retention" ->
          new CommandLine(new RetentionCommand())
              .addSubcommand("status", new RetentionCommand.Plain("GET", "", out))
              .addSubcommand("run", new RetentionCommand.Plain("POST", "/run", out))
              .addSubcommand("hold", new RetentionCommand.Hold(out))
              .addSubcommand("release", new RetentionCommand.Release(out))
              .addSubcommand("confirm-clock", new RetentionCommand.Plain("POST", "/clock", out));
      case "seal" ->
          new CommandLine(new SealCommand())
              .addSubcommand("status", new SealCommand.Status(out))
              .addSubcommand("now", new SealCommand.Now(out))
              .addSubcommand("import", new SealImportCommand(out));
      case "lookup5651" ->
          new CommandLine(new LookUpCommand(out, err))
              .addSubcommand("export-day", new LookUpCommand.ExportDay(out));
      case "backup" ->
          new CommandLine(new BackupCommand())
              .addSubcommand(new BackupCommand.Run(out))
              .addSubcommand(new BrowseCommands.Ls(out))
              .addSubcommand(new BrowseCommands.Find(out))
              .addSubcommand(BackupKeysCommand.all(out));
      case "restore" -> new RestoreCommand(out);
      case "drill" -> new DrillCommand(out);
      case "repo" ->
          new CommandLine(new RepoCommand())
              .addSubcommand(new RepoCommand.Init(out))
              .addSubcommand(new RepoCommand.Check(out))
              .addSubcommand(new RepoCommand.Snapshots(out))
              .addSubcommand(new RepoCommand.Ls(out))
              .addSubcommand(new RepoPruneCommands.Forget(out))
              .addSubcommand(new RepoPruneCommands.Prune(out))
              .addSubcommand(new RepoPruneCommands.Unlock(out))
              .addSubcommand(RepoSealCommand.line(out))
              .addSubcommand(new RepoRepairCommand(out))
              .addSubcommand(new RepoCopyCommand(out));
      case "search" -> new SearchCommand(out, err);
      case "token" ->
          new CommandLine(new TokenCommand())
              .addSubcommand(new TokenCommand.Create(out))
              .addSubcommand(new ListCommand("tokens", out))
              .addSubcommand(new TokenCommand.Revoke(out));
      case "user" ->
          new CommandLine(new UserCommand())
              .addSubcommand(new UserCommand.Create(out))
              .addSubcommand(new ListCommand("users", out))
              .addSubcommand("disable", new UserCommand.Change("disable", out))
              .addSubcommand("enable", new UserCommand.Change("enable", out))
              .addSubcommand("reset", new UserCommand.Change("reset", out));
      case "indicators" ->
          new CommandLine(new FeedCommand("name import"))
              .addSubcommand("import", new FeedCommand.Import(out));
      case "usom" ->
          new CommandLine(new FeedCommand("name sync"))
              .addSubcommand("sync", new FeedCommand.Sync(out));
      case "usom-simulator" -> new UsomSimulatorCommand(out);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name a command");
  }
}
