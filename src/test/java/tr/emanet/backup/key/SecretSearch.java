package tr.emanet.backup.key;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Looks for secrets in a file in every form that memory has them in; one pass for all. */
final class SecretSearch {

  private static final int LEAST = 12;

  /** One form of a secret. */
  private record Form(String name, byte[] bytes) {}

  private final List<Form> forms = new ArrayList<>();

  /** The bytes as they are, as hexadecimal and base64 text; the texts in one and two bytes. */
  SecretSearch secret(String name, byte[] bytes) {
    forms.add(new Form(name + " raw", bytes));
    String hex = HexFormat.of().formatHex(bytes);
    text(name + " hex", hex);
    text(name + " HEX", hex.toUpperCase(Locale.ROOT));
    text(name + " base64", Base64.getEncoder().encodeToString(bytes).substring(0, LEAST + 8));
    return this;
  }

  /** A text, as bytes and as char[]. */
  SecretSearch text(String name, String text) {
    for (Charset charset :
        List.of(
            StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      forms.add(new Form(name + " in " + charset, text.getBytes(charset)));
    }
    return this;
  }

  /** The names of the forms that are in the file. */
  Set<String> in(Path file) throws IOException {
    BitSet first = new BitSet(1 << 24);
    for (Form form : forms) {
      if (form.bytes().length < LEAST) {
        throw new IllegalArgumentException(form.name() + " is too short to be looked for");
      }
      first.set(key(form.bytes(), 0));
    }
    byte[] all;
    try (FileChannel channel = FileChannel.open(file)) {
      MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      all = new byte[map.remaining()];
      map.get(all);
    }
    Set<String> found = new TreeSet<>();
    for (int i = 0; i < all.length - LEAST; i++) {
      if (first.get(key(all, i))) {
        for (Form form : forms) {
          int end = i + form.bytes().length;
          if (end <= all.length
              && Arrays.equals(all, i, end, form.bytes(), 0, form.bytes().length)) {
            found.add(form.name());
          }
        }
      }
    }
    return found;
  }

  private static int key(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff;
  }
}
