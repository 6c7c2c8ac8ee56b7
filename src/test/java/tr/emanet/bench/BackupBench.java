package tr.emanet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code packaging/bench backup [--mebibytes N] [--files N] [--rounds R] [--set NAME] [--dir DIR]}:
 * backups by our command line beside Debian's restic and borg, one after the other, step by step,
 * on the same data, and first and further backups by a job of the running service. Every second
 * round goes through the tools from the last to the first. A JSON line a figure; the medians of the
 * rounds' ratios come last, with their goals. A peer that is missing is skipped.
 */
public final class BackupBench {

  /** A step and its goals, ours over restic's; wall may be longer by so many seconds. */
  private enum Step {
    BACKUP(1, 1.1, 0),
    AGAIN(1, 0, 1),
    CHANGED(1, 0, 1),
    CHECK(1, 0, 0),
    CHECK_DATA(1, 0, 0),
    RESTORE(1, 0, 0);

    final double wall;
    final double cpu;
    final double grace;

    Step(double wall, double cpu, double grace) {
      this.wall = wall;
      this.cpu = cpu;
      this.grace = grace;
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static final String SERVICE = "service";

  private final Figures figures = new Figures(System.out);
  private final Map<String, List<BackupTool.Used>> used = new TreeMap<>();
  private int mebibytes = 2048;
  private int files = 200_000;
  private int rounds = 3;
  private String only = "";
  private Path root = Path.of(System.getProperty("java.io.tmpdir"));

  private BackupBench() {}

  public static void main(String[] args) throws Exception {
    BackupBench bench = new BackupBench();
    for (int i = 0; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--mebibytes" -> bench.mebibytes = Integer.parseInt(args[i + 1]);
        case "--files" -> bench.files = Integer.parseInt(args[i + 1]);
        case "--rounds" -> bench.rounds = Integer.parseInt(args[i + 1]);
        case "--set" -> bench.only = args[i + 1];
        case "--dir" -> bench.root = Path.of(args[i + 1]);
        default -> {
          System.err.println("bench: no option " + args[i]);
          System.exit(2);
        }
      }
    }
    bench.run();
  }

  private void run() throws IOException, InterruptedException {
    Path work = Files.createTempDirectory(root, "emanet-bench");
    try {
      figures.print(
          "machine",
          Runtime.getRuntime().availableProcessors(),
          "cores",
          "load_before",
          Files.readString(Path.of("/proc/loadavg")).strip());
      for (BackupSets set : BackupSets.values()) {
        if (only.isEmpty() || only.equals(set.word())) {
          measure(work, set);
        }
      }
    } finally {
      Children.delete(work);
    }
  }

  private void measure(Path work, BackupSets set) throws IOException, InterruptedException {
    Bench.say("making set " + set.word());
    Path source = set.make(work, mebibytes, files);
    Path home = Files.createDirectory(work.resolve("service-" + set.word()));
    try (BackupService service = BackupService.start(home)) {
      for (int round = 0; round < rounds; round++) {
        round(work, set, source, service, round);
      }
    }
    summary(set);
    Children.delete(home);
    Children.delete(source);
  }

  /** Each step by every tool before the next one: they see the same caches and neighbours. */
  private void round(Path parent, BackupSets set, Path source, BackupService service, int round)
      throws IOException, InterruptedException {
    Path work = Files.createDirectory(parent.resolve("round-" + round));
    List<BackupTool> tools = new ArrayList<>();
    for (BackupTool tool : BackupTool.values()) {
      if (tool.isThere()) {
        tools.add(tool);
        var _ = tool.init(work);
      } else {
        figures.skip(tool.word(), "it is not installed");
      }
    }
    if (round % 2 == 1) {
      Collections.reverse(tools);
    }
    service.job(set.word() + "-" + round, source, work.resolve("repo-service"));
    EnumMap<BackupTool, Long> sizes = new EnumMap<>(BackupTool.class);
    for (Step step : Step.values()) {
      if (step == Step.CHANGED) {
        tools.forEach(tool -> sizes.put(tool, tool.size(work)));
        set.change(source, round);
      }
      for (BackupTool tool : tools) {
        BackupTool.Used one =
            switch (step) {
              case BACKUP, AGAIN, CHANGED -> tool.backup(work, source, step.ordinal());
              case CHECK -> tool.check(work, false);
              case CHECK_DATA -> tool.check(work, true);
              case RESTORE -> tool.restore(work, Step.CHANGED.ordinal());
            };
        note(set, step, tool.word(), one, round);
      }
      if (step.compareTo(Step.CHANGED) <= 0) {
        note(set, step, SERVICE, service.run(), round);
      }
    }
    Long ours = sizes.get(BackupTool.EMANET);
    for (BackupTool tool : tools) {
      Long theirs = sizes.get(tool);
      if (tool != BackupTool.EMANET && ours != null && theirs != null) {
        figures.goal(
            set.word() + "_size_to_" + tool.word(), (double) ours / theirs, "x", 1.03, false);
      }
    }
    Children.delete(work);
  }

  private void note(BackupSets set, Step step, String who, BackupTool.Used one, int round) {
    String name = set.word() + "_" + step.word() + "_" + who;
    used.computeIfAbsent(name, key -> new ArrayList<>()).add(one);
    figures.print(name, one.wall(), "s", "cpu", one.cpu(), "rss_mb", one.memory(), "round", round);
  }

  private void summary(BackupSets set) {
    for (Step step : Step.values()) {
      String name = set.word() + "_" + step.word() + "_";
      for (String peer : List.of(BackupTool.RESTIC.word(), BackupTool.BORG.word())) {
        ratios(name, "emanet", peer, step, step.grace);
        ratios(name, SERVICE, peer, step, 0);
      }
    }
  }

  /** Median over the rounds of ours over theirs, with the ratio of each round. */
  private void ratios(String name, String who, String peer, Step step, double grace) {
    List<BackupTool.Used> ours = used.getOrDefault(name + who, List.of());
    List<BackupTool.Used> theirs = used.getOrDefault(name + peer, List.of());
    if (ours.isEmpty() || theirs.isEmpty()) {
      return;
    }
    double[] wall = new double[ours.size()];
    double[] cpu = new double[ours.size()];
    for (int i = 0; i < ours.size(); i++) {
      wall[i] = (ours.get(i).wall() - grace) / theirs.get(i).wall();
      cpu[i] = ours.get(i).cpu() / theirs.get(i).cpu();
    }
    String ratio = name + who + "_to_" + peer;
    figures.goal(
        ratio + "_wall",
        Figures.median(wall),
        "x",
        step.wall,
        false,
        "grace_s",
        grace,
        "rounds",
        rounded(wall));
    if (step.cpu > 0) {
      figures.goal(
          ratio + "_cpu", Figures.median(cpu), "x", step.cpu, false, "rounds", rounded(cpu));
    } else {
      figures.print(ratio + "_cpu", Figures.median(cpu), "x", "rounds", rounded(cpu));
    }
  }

  private static double[] rounded(double[] values) {
    double[] rounded = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = Math.round(values[i] * 1000) / 1000.0;
    }
    return rounded;
  }
}
