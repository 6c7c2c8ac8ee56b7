package tr.emanet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One program that makes backups, by its command line. */
enum BackupTool {
  EMANET("packaging/emanet"),
  RESTIC("restic"),
  BORG("borg");

  private static final long PATIENCE_MINUTES = 30;

  private final String program;

  BackupTool(String program) {
    this.program = program;
  }

  /** What a process used: seconds, seconds of processor time, mebibytes at its peak. */
  record Used(double wall, double cpu, double memory) {}

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isThere() {
    if (this == EMANET) {
      return true;
    }
    for (String directory : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }

  private Path repository(Path work) {
    return work.resolve("repo-" + word());
  }

  long size(Path work) {
    return Children.size(repository(work));
  }

  Used init(Path work) throws IOException, InterruptedException {
    String repository = repository(work).toString();
    return switch (this) {
      case EMANET -> run(work, "repo", "init", key(work), repository);
      case RESTIC -> run(work, "init", "-q", "-r", repository);
      case BORG -> run(work, "init", "--encryption=repokey", repository);
    };
  }

  Used backup(Path work, Path source, int number) throws IOException, InterruptedException {
    String repository = repository(work).toString();
    return switch (this) {
      case EMANET -> run(work, "backup", "run", key(work), "--repo=" + repository, source + "");
      case RESTIC -> run(work, "backup", "-q", "-r", repository, source + "");
      case BORG ->
          run(work, "create", "--compression=zstd", repository + "::a" + number, source + "");
    };
  }

  /** Structure alone, or every byte. borg looks at its segments in either case. */
  Used check(Path work, boolean data) throws IOException, InterruptedException {
    String repository = repository(work).toString();
    List<String> arguments = new ArrayList<>();
    switch (this) {
      case EMANET -> {
        arguments.addAll(List.of("repo", "check", key(work), repository));
        if (data) {
          arguments.add(2, "--read-data");
        }
      }
      case RESTIC -> {
        arguments.addAll(List.of("check", "-q", "-r", repository));
        if (data) {
          arguments.add("--read-data");
        }
      }
      case BORG -> {
        arguments.add("check");
        if (data) {
          arguments.add("--verify-data");
        }
        arguments.add(repository);
      }
    }
    return run(work, arguments.toArray(String[]::new));
  }

  /** Restores the newest, or the numbered, into a fresh directory, which is removed afterwards. */
  Used restore(Path work, int number) throws IOException, InterruptedException {
    Path target = Files.createDirectory(work.resolve("restored"));
    String repository = repository(work).toString();
    try {
      return switch (this) {
        case EMANET ->
            run(work, "restore", key(work), "--repo=" + repository, "--target=" + target, "latest");
        case RESTIC ->
            run(work, "restore", "-q", "-r", repository, "--target", target + "", "latest");
        case BORG -> run(target, work, "extract", repository + "::a" + number);
      };
    } finally {
      Children.delete(target);
    }
  }

  private static Path password(Path work) throws IOException {
    Path file = work.resolve("password");
    if (!Files.exists(file)) {
      Files.writeString(file, "bench-password");
    }
    return file;
  }

  private static String key(Path work) throws IOException {
    return "--password-file=" + password(work);
  }

  private Used run(Path work, String... arguments) throws IOException, InterruptedException {
    return run(work, work, arguments);
  }

  private Used run(Path directory, Path work, String... arguments)
      throws IOException, InterruptedException {
    Path used = work.resolve("used");
    Path said = work.resolve("said");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/usr/bin/time", "-q", "-o", used.toString(), "-f", "%e %U %S %M"));
    command.add(this == EMANET ? Path.of(program).toAbsolutePath().toString() : program);
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("RESTIC_PASSWORD_FILE", password(work).toString());
    environment.put("RESTIC_CACHE_DIR", work.resolve("cache-restic").toString());
    environment.put("BORG_PASSPHRASE", "bench-password");
    environment.put("BORG_BASE_DIR", work.resolve("cache-borg").toString());
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(command + ": " + Files.readString(said).strip());
    }
    String[] numbers = Files.readString(used).strip().split(" ", -1);
    return new Used(
        Double.parseDouble(numbers[0]),
        Double.parseDouble(numbers[1]) + Double.parseDouble(numbers[2]),
        Double.parseDouble(numbers[3]) / 1024);
  }
}
