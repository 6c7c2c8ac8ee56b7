package tr.emanet.indicator.feed;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.Revisions;

/**
 * Fetches a whole list, or every page of a TAXII 2.1 collection, as one revision. One thread only.
 */
public final class FeedFetch {

  private static final String TAXII = "application/taxii+json;version=2.1";
  private static final int MAX_PAGES = 10_000;

  private final Revisions revisions;
  private final Download download;

  public FeedFetch(Revisions revisions, Download download) {
    this.revisions = revisions;
    this.download = download;
  }

  /** Fetches one document. */
  public Revision list(URI uri, FeedFormat format, FeedTerms terms)
      throws FeedException, InterruptedException {
    Revisions.Draft draft = revisions.begin(terms.feed(), Revision.Kind.FULL, uri.toString(), "-");
    return run(
        draft,
        steps ->
            download.get(
                uri,
                "*/*",
                Download.TRIES,
                (body, headers) -> {
                  FeedFile.read(body, format, terms, steps);
                  return true;
                }));
  }

  /**
   * Fetches a collection.
   *
   * @param collection its URL, ending in {@code /collections/ID/}
   */
  public Revision taxii(URI collection, FeedTerms terms)
      throws FeedException, InterruptedException {
    Revisions.Draft draft =
        revisions.begin(terms.feed(), Revision.Kind.FULL, collection.toString(), "-");
    return run(
        draft,
        steps -> {
          String next = "";
          for (int page = 0; next != null; page++) {
            if (page == MAX_PAGES) {
              throw new FeedException(
                  FeedFailure.CRAWL_TOO_LARGE, collection + ": more than " + MAX_PAGES + " pages");
            }
            String query =
                next.isEmpty() ? "" : "&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
            URI uri = URI.create(collection + "objects/?limit=1000" + query);
            next =
                download.get(
                    uri, TAXII, Download.TRIES, (body, h) -> JsonFeeds.stix(body, terms, steps));
          }
        });
  }

  private interface Work {
    void run(FeedFile.Steps steps) throws FeedException, InterruptedException;
  }

  private Revision run(Revisions.Draft draft, Work work)
      throws FeedException, InterruptedException {
    FeedFile.Steps steps = new FeedFile.Steps(revisions, draft);
    try {
      work.run(steps);
      steps.flush();
      if (revisions.staged(draft) == 0) {
        throw new FeedException(FeedFailure.EMPTY, draft.revision().origin() + " lists nothing");
      }
      return revisions.finish(draft, true, "");
    } catch (FeedException e) {
      revisions.fail(draft, e);
      throw e;
    }
  }
}
