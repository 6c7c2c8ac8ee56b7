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
import org.jspecify.annotations.Nullable;
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
  private final FeedSignature signatures;

  public FeedFile(Revisions revisions, FeedSignature signatures) {
    this.revisions = revisions;
    this.signatures = signatures;
  }

  /**
   * Imports a whole list: what the file lacks is removed from its feed.
   *
   * @param name shown as its origin
   * @param p7s the detached signature that lay beside it, null when none did
   * @param actor who imports
   * @throws FeedException when nothing was changed; the failure is recorded
   */
  public Revision take(
      Path file,
      String name,
      FeedFormat format,
      FeedTerms terms,
      byte @Nullable [] p7s,
      String actor)
      throws FeedException {
    Revisions.Draft draft = revisions.begin(terms.feed(), Revision.Kind.IMPORT, name, actor);
    Steps steps = new Steps(revisions, draft);
    try (InputStream in = open(file)) {
      revisions.signed(draft, p7s == null ? "none" : judged(file, name, p7s));
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

  /** {@code unchecked}, or {@code valid:} and the signer. */
  private String judged(Path file, String name, byte[] p7s) throws IOException, FeedException {
    return switch (signatures.judge(file, p7s)) {
      case FeedSignature.Verdict.Valid valid -> Revision.VALID + valid.signer();
      case FeedSignature.Verdict.Unchecked ignored -> "unchecked";
      case FeedSignature.Verdict.Refused refused ->
          throw new FeedException(FeedFailure.SIGNATURE, name + ".p7s: " + refused.reason());
    };
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
