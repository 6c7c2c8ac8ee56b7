package tr.emanet.backup.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tr.emanet.backup.BackupException;

/**
 * Walks a dump in PostgreSQL's custom format while it passes by: each entry of its table of
 * contents that has data must have its block, whole, with its number and ended by its zero. {@code
 * pg_restore -l} reads the table only, so a dump that lacks rows looks well to it. Keeps a few
 * bytes and the numbers. One thread.
 *
 * <p>Archive versions 1.12 (PostgreSQL 9.0) to 1.16 (17); of others it says nothing. Source: {@code
 * pg_backup_archiver.c}, {@code pg_backup_custom.c}.
 */
final class PostgresDumpWalk {

  private static final int OLDEST = 12;
  private static final int NEWEST = 16;
  private static final int CUSTOM = 1;
  private static final int BLOCK_DATA = 1;
  private static final int BLOCK_BLOBS = 3;
  private static final int NO_DATA = 3;

  /** "PGDMP", version in three bytes, sizes of integers and offsets, format. */
  private static final int HEAD = 11;

  private static final int MAX_ENTRIES = 50_000_000;

  /** What the bytes that are waited for are. */
  private enum Part {
    HEAD,
    COMPRESSION,
    /** An integer of the head before its strings. */
    TIME,
    TEXT,
    COUNT,
    NUMBER,
    FIELD_INT,
    FIELD_TEXT,
    DEPENDENCY,
    OFFSET,
    BLOCK,
    BLOCK_NUMBER,
    OBJECT,
    CHUNK
  }

  private final byte[] room = new byte[32];
  private final Set<Integer> wanted = new HashSet<>();
  private List<Part> fields = List.of();
  private Part part = Part.HEAD;
  private int have;
  private int need = HEAD;
  private long skip;
  private int version;
  private int intSize;
  private int offsetSize;
  private int left;
  private int entries;
  private int field;
  private int number;
  private boolean blobs;
  private boolean unknown;
  private String wrong = "";
  private long total;

  /** Takes the next bytes. */
  void take(byte[] bytes, int offset, int length) {
    total += length;
    int at = offset;
    int end = offset + length;
    while (at < end && !unknown && wrong.isEmpty()) {
      if (skip > 0) {
        long n = Math.min(skip, end - at);
        skip -= n;
        at += (int) n;
      } else {
        int n = Math.min(need - have, end - at);
        System.arraycopy(bytes, at, room, have, n);
        have += n;
        at += n;
        if (have == need) {
          have = 0;
          step();
        }
      }
    }
  }

  /**
   * Says that there are no more.
   *
   * @throws BackupException when something of the dump is missing
   */
  void end(String subject) throws BackupException {
    if (unknown) {
      return;
    }
    String why =
        !wrong.isEmpty()
            ? wrong
            : part != Part.BLOCK || have > 0 || skip > 0
                ? "it ends in the middle"
                : wanted.isEmpty() ? "" : "the data of " + wanted.size() + " entries is missing";
    if (!why.isEmpty()) {
      throw new BackupException(
          "the dump of " + subject + " is cut or damaged after " + total + " bytes: " + why);
    }
  }

  private void step() {
    switch (part) {
      case HEAD -> head();
      case COMPRESSION -> integers(Part.TIME, 7);
      case TIME -> {
        if (--left == 0) {
          left = 3; // name of the database, versions of server and program
          expect(Part.TEXT, 1 + intSize);
        }
      }
      case TEXT -> {
        skip = Math.max(0, integer());
        if (--left == 0) {
          expect(Part.COUNT, 1 + intSize);
        }
      }
      case COUNT -> count();
      case NUMBER -> {
        number = integer();
        field = 0;
        next();
      }
      case FIELD_INT -> next();
      case FIELD_TEXT -> {
        skip = Math.max(0, integer());
        next();
      }
      case DEPENDENCY -> {
        int length = integer();
        skip = Math.max(0, length);
        if (length < 0) {
          next();
        }
      }
      case OFFSET -> {
        if (room[0] != NO_DATA) {
          wanted.add(number);
        }
        entry();
      }
      case BLOCK -> {
        blobs = room[0] == BLOCK_BLOBS;
        if (!blobs && room[0] != BLOCK_DATA) {
          wrong = "a block of type " + room[0];
        }
        expect(Part.BLOCK_NUMBER, 1 + intSize);
      }
      case BLOCK_NUMBER -> {
        if (!wanted.remove(integer())) {
          wrong = "a block that the table of contents does not have";
        }
        expect(blobs ? Part.OBJECT : Part.CHUNK, 1 + intSize);
      }
      case OBJECT -> {
        boolean last = integer() == 0;
        expect(last ? Part.BLOCK : Part.CHUNK, last ? 1 : 1 + intSize);
      }
      case CHUNK -> chunk();
    }
  }

  private void head() {
    version = room[6];
    intSize = room[8];
    offsetSize = room[9];
    byte[] magic = {'P', 'G', 'D', 'M', 'P'};
    boolean ours =
        Arrays.equals(Arrays.copyOf(room, 5), magic)
            && intSize >= 1
            && intSize <= 8
            && offsetSize >= 1
            && offsetSize <= 16;
    if (!ours) {
      wrong = "it has no head";
      return;
    }
    unknown = room[5] != 1 || version < OLDEST || version > NEWEST || room[10] != CUSTOM;
    fields = fields(version);
    // The kind of compression became one byte with 1.15.
    expect(Part.COMPRESSION, version >= 15 ? 1 : 1 + intSize);
  }

  /** What an entry has after its number, up to where its data is. */
  private static List<Part> fields(int version) {
    List<Part> out = new ArrayList<>();
    out.add(Part.FIELD_INT); // whether it has data
    out.addAll(Collections.nCopies(4, Part.FIELD_TEXT)); // both numbers, tag, kind
    out.add(Part.FIELD_INT); // section
    // Making, dropping, copying, schema, table space, and since 1.14 the access method.
    out.addAll(Collections.nCopies(version >= 14 ? 6 : 5, Part.FIELD_TEXT));
    if (version >= 16) {
      out.add(Part.FIELD_INT); // kind of relation
    }
    out.addAll(List.of(Part.FIELD_TEXT, Part.FIELD_TEXT)); // owner, with numbers or not
    out.add(Part.DEPENDENCY);
    out.add(Part.OFFSET);
    return out;
  }

  private void count() {
    entries = integer();
    if (entries < 0 || entries > MAX_ENTRIES) {
      wrong = entries + " entries";
    }
    entries++;
    entry();
  }

  /** The next entry, or the blocks after the last one. */
  private void entry() {
    if (--entries == 0) {
      expect(Part.BLOCK, 1);
    } else {
      expect(Part.NUMBER, 1 + intSize);
    }
  }

  private void next() {
    Part wants = fields.get(field++);
    expect(wants, 1 + (wants == Part.OFFSET ? offsetSize : intSize));
  }

  private void chunk() {
    int length = integer();
    if (length < 0) {
      wrong = "a piece of " + length + " bytes";
    } else if (length > 0) {
      skip = length;
    } else if (blobs) {
      expect(Part.OBJECT, 1 + intSize);
    } else {
      expect(Part.BLOCK, 1);
    }
  }

  private void integers(Part kind, int count) {
    left = count;
    expect(kind, 1 + intSize);
  }

  private void expect(Part next, int bytes) {
    part = next;
    need = bytes;
  }

  /** A sign and the number, its smallest byte first. */
  private int integer() {
    long value = 0;
    for (int i = 0; i < intSize; i++) {
      value |= (room[1 + i] & 0xFFL) << (8 * i);
    }
    return (int) (room[0] == 0 ? value : -value);
  }
}
