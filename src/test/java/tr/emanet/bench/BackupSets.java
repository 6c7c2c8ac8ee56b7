package tr.emanet.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** The sources that {@link BackupBench} backs up, from fixed seeds. */
enum BackupSets {
  /** Documents and logs of all sizes; a third of the bytes do not compress. */
  MIXED,
  /** Large files that do not compress. */
  RANDOM,
  /** Two kilobytes a file, 400 a directory. */
  SMALL;

  private static final int FOLDER = 400;
  private static final int MEAN = 2000;
  private static final String[] WORDS = {
    "mahalle", "sokak", "belediye", "karar", "encümen", "imar", "plan", "fatura", "2026", "dilekçe"
  };

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Makes it below the directory: {@code mebibytes} of large files or {@code files} small ones. */
  Path make(Path work, int mebibytes, int files) throws IOException {
    Path root = Files.createDirectories(work.resolve("set-" + word()));
    Random random = new Random(7 + ordinal());
    if (this == SMALL) {
      small(root, files, random);
      return root;
    }
    long left = (long) mebibytes << 20;
    for (int i = 0; left > 0; i++) {
      Path folder =
          Files.createDirectories(root.resolve(String.format(Locale.ROOT, "%02d", i % 40)));
      double size =
          this == RANDOM
              ? (1 << 20) + random.nextDouble() * (63 << 20)
              : Math.exp(13 + 1.8 * random.nextGaussian()) + 1000;
      long length = Math.min(left, (long) size);
      left -= length;
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(folder.resolve("file-" + i)), 1 << 18)) {
        if (this == RANDOM || i % 3 == 0) {
          noise(out, length, random);
        } else {
          text(out, length, random);
        }
      }
    }
    return root;
  }

  private static void noise(OutputStream out, long length, Random random) throws IOException {
    byte[] block = new byte[1 << 16];
    for (long left = length; left > 0; left -= block.length) {
      random.nextBytes(block);
      out.write(block, 0, (int) Math.min(left, block.length));
    }
  }

  private static void text(OutputStream out, long length, Random random) throws IOException {
    long left = length;
    long time = 1_700_000_000L + random.nextInt(1 << 28);
    while (left > 0) {
      String line =
          (time += random.nextInt(9))
              + " src=10."
              + random.nextInt(9)
              + "."
              + random.nextInt(200)
              + "."
              + random.nextInt(255)
              + " user="
              + WORDS[random.nextInt(WORDS.length)]
              + random.nextInt(500)
              + " action=permit len="
              + random.nextInt(9000)
              + "\n";
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      out.write(bytes, 0, (int) Math.min(left, bytes.length));
      left -= bytes.length;
    }
  }

  private static void small(Path root, int files, Random random) throws IOException {
    Path folder = root;
    for (int i = 0; i < files; i++) {
      if (i % FOLDER == 0) {
        folder =
            Files.createDirectory(root.resolve(String.format(Locale.ROOT, "d%04d", i / FOLDER)));
      }
      int size = (int) (-Math.log(1 - random.nextDouble()) * MEAN) + 20;
      StringBuilder text = new StringBuilder(size + 16).append(i);
      while (text.length() < size) {
        text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
      }
      byte[] noise = new byte[size / 4];
      random.nextBytes(noise);
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      ByteBuffer all = ByteBuffer.allocate(bytes.length + noise.length).put(bytes).put(noise);
      Files.write(folder.resolve(String.format(Locale.ROOT, "f%06d.txt", i)), all.array());
    }
  }

  /**
   * Overwrites a hundredth: some bytes in the middle of each hundredth file, or of each mebibyte.
   */
  void change(Path root, int round) throws IOException {
    byte[] fresh = ("changed in round " + round).getBytes(StandardCharsets.UTF_8);
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    long passed = 0;
    int number = 0;
    for (Path file : files) {
      long size = Files.size(file);
      passed += size;
      boolean due = this == SMALL ? number % 100 == round % 100 : passed >= 100L << 20;
      number++;
      if (due) {
        passed = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.write(ByteBuffer.wrap(fresh), size / 2);
        }
      }
    }
  }
}
