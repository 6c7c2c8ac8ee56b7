package tr.emanet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands over repositories run without the jars that only the service needs. */
class ShortClassPathTest {

  private static final ClassLoader LOADER = ShortClassPathTest.class.getClassLoader();
  private static final List<Class<?>> COMMANDS =
      List.of(
          BackupCommand.class,
          BackupCommand.Run.class,
          BrowseCommands.Ls.class,
          BrowseCommands.Find.class,
          BackupKeysCommand.class,
          KeysKitCommand.class,
          KeysOpenCommand.class,
          RestoreCommand.class,
          RepoCommand.class,
          RepoCommand.Check.class,
          RepoPruneCommands.Prune.class,
          RepoSealCommand.class,
          RepoRepairCommand.class,
          RepoCopyCommand.class);

  @Test
  void noneOfTheirClassesNamesAClassOfAnOmittedJar() throws Exception {
    Matcher list =
        Pattern.compile("(?m)^server_jars='(.*)'$")
            .matcher(Files.readString(Path.of("packaging", "common.sh")));
    assertThat(list.find()).isTrue();
    Pattern omitted = Pattern.compile(list.group(1));
    List<String> missing = new ArrayList<>();

    for (String name : reached()) {
      if (omitted.matcher(jar(name)).find()) {
        missing.add(name + " of " + jar(name));
      }
    }

    assertThat(omitted.matcher("camel-api-4.18.2.jar").find()).isTrue();
    assertThat(omitted.matcher("metrics-spi-2.42.41.jar").find()).isFalse();
    assertThat(missing).isEmpty();
  }

  /** Classes of others that ours name, from the commands on. */
  private static Set<String> reached() throws IOException {
    Deque<String> open = new ArrayDeque<>();
    COMMANDS.forEach(command -> open.add(command.getName().replace('.', '/')));
    Set<String> seen = new HashSet<>(open);
    Set<String> others = new HashSet<>();
    while (!open.isEmpty()) {
      for (String named : named(open.poll())) {
        if (!named.startsWith("tr/emanet/")) {
          others.add(named);
        } else if (seen.add(named)) {
          open.add(named);
        }
      }
    }
    assertThat(seen).contains("tr/emanet/backup/restic/CheckRun");
    assertThat(others).contains("com/github/luben/zstd/Zstd");
    return others;
  }

  private static List<String> named(String name) throws IOException {
    List<String> found = new ArrayList<>();
    try (InputStream in = LOADER.getResourceAsStream(name + ".class")) {
      if (in == null) {
        return found;
      }
      ClassFile.of()
          .parse(in.readAllBytes())
          .constantPool()
          .forEach(
              entry -> {
                if (entry instanceof ClassEntry type && !type.asInternalName().startsWith("[")) {
                  found.add(type.asInternalName());
                }
              });
    }
    return found;
  }

  private static String jar(String name) {
    try {
      CodeSource source =
          Class.forName(name.replace('/', '.'), false, LOADER)
              .getProtectionDomain()
              .getCodeSource();
      return source == null ? "" : Path.of(source.getLocation().getPath()).getFileName().toString();
    } catch (ClassNotFoundException absent) {
      return "";
    }
  }
}
