package tr.emanet.indicator.feed;

import com.fasterxml.jackson.core.JacksonException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tr.emanet.indicator.FeedEntry;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.Revisions;
import tr.emanet.indicator.usom.UsomFile;

/** Brings a file, from a USB stick say, into force as a revision. Safe for many threads. */
public final class FeedFile {

  private static final long MAX_BYTES = 512L << 20;
  private static final int STEP = 10_000;

  private final Revisions revisions;

  public FeedFile(Revisions revisions) {
    this.revisions = revisions;
  }

  /**
   * Imports a whole list: what the file lacks is removed from its feed.
   *
   * @param name shown as its origin
   * @param signed whether a {@code .p7s} lay beside it; it is not checked
   * @param actor who imports
   * @throws FeedException when nothing was changed; the failure is recorded
   */
  public Revision take(
      Path file, String name, FeedFormat format, FeedTerms terms, boolean signed, String actor)
      throws FeedException {
    Revisions.Draft draft = revisions.begin(terms.feed(), Revision.Kind.IMPORT, name, actor);
    revisions.signed(draft, signed ? "unchecked" : "none");
    Steps steps = new Steps(revisions, draft);
    try (InputStream in = open(file)) {
      read(in, format, terms, steps);
      steps.flush();
      if (revisions.staged(draft) == 0) {
        throw new FeedException(FeedFailure.EMPTY, name + " holds no values");
      }
      return revisions.finish(draft, true, "");
    } catch (FeedException e) {
      revisions.fail(draft, e);
      throw e;
    } catch (JacksonException e) {
      FeedException problem =
          new FeedException(FeedFailure.SHAPE, name + ": " + e.getOriginalMessage(), e);
      revisions.fail(draft, problem);
      throw problem;
    } catch (IOException e) {
      FeedException problem = new FeedException(FeedFailure.FILE, name + ": " + e.getMessage(), e);
      revisions.fail(draft, problem);
      throw problem;
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(2);
    boolean packed = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    InputStream plain = packed ? new GZIPInputStream(in, 1 << 16) : in;
    return new BoundedStream(plain, MAX_BYTES, n -> {});
  }

  /** Reads one document of a feed into the steps. */
  static void read(InputStream in, FeedFormat format, FeedTerms terms, Steps steps)
      throws IOException, FeedException {
    switch (format) {
      case USOM -> UsomFile.read(in, steps::take);
      case PLAIN -> LineFeeds.plain(in, terms, steps);
      case CSV -> LineFeeds.csv(in, terms, steps);
      case STIX -> JsonFeeds.stix(in, terms, steps);
      case MISP -> JsonFeeds.misp(in, terms, steps);
    }
  }

  /** What the begin of a file looks like. */
  public static FeedFormat guess(Path file) throws IOException {
    try (InputStream in = open(file)) {
      String begin = new String(in.readNBytes(4096), StandardCharsets.UTF_8).strip();
      if (!begin.startsWith("{")) {
        int line = begin.indexOf('\n');
        return (line < 0 ? begin : begin.substring(0, line)).indexOf(',') >= 0
            ? FeedFormat.CSV
            : FeedFormat.PLAIN;
      }
      return begin.contains("\"models\"")
          ? FeedFormat.USOM
          : begin.contains("Attribute\"") ? FeedFormat.MISP : FeedFormat.STIX;
    }
  }

  /** Collects rows and stages them by the ten thousand. One thread only. */
  static final class Steps implements EntrySink {

    private final Revisions revisions;
    private final Revisions.Draft draft;
    private final List<FeedEntry> rows = new ArrayList<>();

    Steps(Revisions revisions, Revisions.Draft draft) {
      this.revisions = revisions;
      this.draft = draft;
    }

    @Override
    public void take(FeedEntry entry) throws FeedException {
      rows.add(entry);
      if (rows.size() >= STEP) {
        flush();
      }
    }

    void flush() throws FeedException {
      revisions.stage(draft, List.copyOf(rows), "");
      rows.clear();
    }
  }
}
