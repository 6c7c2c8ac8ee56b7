package tr.emanet.indicator.usom;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.FeedEntry;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.RevisionRules;
import tr.emanet.indicator.Revisions;
import tr.emanet.indicator.feed.Download;

/**
 * Reads the list of addresses page by page into a draft. One thread only.
 *
 * <p>The list is ordered by id, newest first. New rows push others to later pages, so that a row is
 * seen twice; rows that vanish pull others to earlier pages, where they would be missed: when the
 * total falls between two pages, the page before is read again. What is pulled over a border is at
 * most as much as the total fell.
 */
final class UsomCrawl {

  /** Page sizes; each divides the one before, so that a page splits into whole pages. */
  private static final int[] SIZES = {9999, 3333, 1111, 101};

  /** A delta ends when so many rows in a row are listed already. */
  private static final int KNOWN = 500;

  private final UsomConfig config;
  private final Download download;
  private final Revisions revisions;
  private final RevisionRules rules;
  private int size;

  UsomCrawl(UsomConfig config, Download download, Revisions revisions, RevisionRules rules) {
    this.config = config;
    this.download = download;
    this.revisions = revisions;
    this.rules = rules;
  }

  /** Where a crawl stands: the next page of 9,999 rows, the total at the start and the last one. */
  private record Place(int page, int first, int last) {

    static Place read(String cursor) {
      String[] parts = cursor.split(" ", -1);
      return parts.length == 3
          ? new Place(
              Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
          : new Place(1, -1, -1);
    }

    String text() {
      return page + " " + first + " " + last;
    }
  }

  /**
   * Reads everything, or what is dated since a time.
   *
   * @return empty text when the whole list was seen, else what is missing
   */
  String run(Revisions.Draft draft, @Nullable Instant since)
      throws FeedException, InterruptedException {
    Place place = Place.read(draft.cursor());
    while (true) {
      Answer answer = page(place.page(), 0, since);
      if (answer.total() > rules.maxRows()) {
        throw new FeedException(
            FeedFailure.TOO_MANY_ROWS,
            "the list says it has " + answer.total() + " rows; at most " + rules.maxRows());
      }
      if (place.first() >= 0 && answer.total() < place.last() && place.page() > 1) {
        Place again = new Place(place.page(), place.first(), answer.total());
        stage(draft, page(place.page() - 1, 0, since), again);
      }
      if (answer.page() >= 0 && answer.page() != place.page() - 1) {
        // Beyond the end the last page is repeated.
        return missing(draft, place, since);
      }
      Place next =
          new Place(
              place.page() + 1, place.first() < 0 ? answer.total() : place.first(), answer.total());
      List<FeedEntry> entries = AddressRows.of(answer.rows());
      boolean known = since != null && known(draft, entries);
      revisions.stage(draft, entries, next.text());
      if (answer.rows().size() < SIZES[0] || next.page() > answer.pageCount() || known) {
        return missing(draft, next, since);
      }
      place = next;
    }
  }

  private void stage(Revisions.Draft draft, Answer answer, Place place) throws FeedException {
    revisions.stage(draft, AddressRows.of(answer.rows()), place.text());
  }

  private String missing(Revisions.Draft draft, Place place, @Nullable Instant since)
      throws FeedException {
    if (since != null) {
      return "";
    }
    int rows = revisions.staged(draft);
    if (rows == 0) {
      throw new FeedException(FeedFailure.EMPTY, "the list has no rows at all");
    }
    int least = Math.min(place.first(), place.last());
    return rows >= least ? "" : "incomplete: " + rows + " of " + least + " rows seen";
  }

  private boolean known(Revisions.Draft draft, List<FeedEntry> entries) {
    if (entries.size() < KNOWN) {
      return false;
    }
    Set<String> last =
        entries.subList(entries.size() - KNOWN, entries.size()).stream()
            .map(FeedEntry::external)
            .collect(Collectors.toSet());
    return revisions.listed(draft.revision().feed(), last).containsAll(last);
  }

  /** One page of the given size class; in slices when the whole does not come. */
  private Answer page(int page, int level, @Nullable Instant since)
      throws FeedException, InterruptedException {
    boolean last = level == SIZES.length - 1;
    if (level < size) {
      return slices(page, level, since);
    }
    Answer answer;
    try {
      answer = ask(page, SIZES[level], since, last ? Download.TRIES : 3);
    } catch (FeedException e) {
      if (e.failure() != FeedFailure.THROTTLED || last) {
        throw e;
      }
      // Too many rows on a page are answered exactly as too many requests are.
      size = level + 1;
      return slices(page, level, since);
    }
    if (!answer.shapeless()) {
      return answer;
    }
    if (last) {
      throw new FeedException(
          FeedFailure.SHAPE, "page " + page + " has no totalCount, also in slices");
    }
    return slices(page, level, since);
  }

  private Answer slices(int page, int level, @Nullable Instant since)
      throws FeedException, InterruptedException {
    int parts = SIZES[level] / SIZES[level + 1];
    int start = (page - 1) * parts;
    List<Map<String, String>> rows = new ArrayList<>();
    int total = 0;
    int answered = page - 1;
    for (int i = 1; i <= parts; i++) {
      Answer slice = page(start + i, level + 1, since);
      int before = total;
      total = slice.total();
      if (slice.page() >= 0 && slice.page() != start + i - 1) {
        if (i == 1) {
          answered = slice.page() / parts;
        }
        break;
      }
      if (i > 1 && total < before) {
        rows.addAll(page(start + i - 1, level + 1, since).rows());
      }
      rows.addAll(slice.rows());
      if (slice.rows().size() < SIZES[level + 1]) {
        break;
      }
    }
    return new Answer(total, answered, (total + SIZES[level] - 1) / SIZES[level], rows);
  }

  private Answer ask(int page, int perPage, @Nullable Instant since, int tries)
      throws FeedException, InterruptedException {
    String query = "?page=" + page + "&per-page=" + perPage;
    if (since != null) {
      query += "&date_gte=" + UsomDates.write(since).replace(" ", "%20");
    }
    URI uri = config.uri("/address/index" + query);
    return download.get(uri, "application/json", tries, (body, headers) -> AnswerReader.read(body));
  }
}
