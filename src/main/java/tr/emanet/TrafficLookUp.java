package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.Closeable;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tr.emanet.asset.AssetEntry;
import tr.emanet.asset.Assets;
import tr.emanet.crypto.stamp.TimeStamper;
import tr.emanet.document.PdfPrinter;
import tr.emanet.job.Jobs;
import tr.emanet.search.EventSearch;
import tr.emanet.search.Masking;
import tr.emanet.traffic.LookUp;
import tr.emanet.traffic.day.DayExports;
import tr.emanet.traffic.day.DayRecords;
import tr.emanet.traffic.day.DayStamp;
import tr.emanet.traffic.day.DayWriter;
import tr.emanet.traffic.http.AnswerPapers;
import tr.emanet.traffic.http.LookUpResource;
import tr.emanet.traffic.http.LookUpScreenResource;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;

/** The look-up of Law 5651 and the lists of a day, wired. */
final class TrafficLookUp implements Closeable {

  private static final int KEPT_JOBS = 100;

  private final LookUp lookUp;
  private final DayExports days;
  private final Jobs jobs;
  private final AnswerPapers.Seal seal;

  private TrafficLookUp(
      Detection.Parts parts,
      EventSearch search,
      Masking masking,
      Assets assets,
      AnswerPapers.Seal seal,
      @Nullable TimeStamper authority) {
    this.seal = seal;
    this.lookUp =
        new LookUp(
            new LookUp.Parts(
                search,
                masking,
                parts.audit(),
                key -> device(assets, key),
                () -> id(parts.random()),
                parts.clock()),
            LookUp.Limits.DEFAULT);
    this.jobs = new Jobs(parts.database(), parts.clock(), KEPT_JOBS);
    DayWriter writer =
        new DayWriter(
            parts.state().root().resolve("traffic"),
            new DayRecords(search, parts.settings().zoneId()),
            new DayStamp(authority),
            parts.settings().zoneId());
    this.days =
        new DayExports(jobs, writer, parts.audit(), parts.settings().zoneId(), parts.clock());
    jobs.register(DayExports.KIND, days::run);
    jobs.start();
  }

  /**
   * Goes on with what the last process left.
   *
   * @param authority stamps the lists of days; null when nobody does
   * @param search in clear and without an audit of its own: a look-up is one entry, not many
   */
  static TrafficLookUp start(
      Detection.Parts parts,
      EventSearch search,
      Masking masking,
      Assets assets,
      AnswerPapers.Seal seal,
      @Nullable TimeStamper authority) {
    return new TrafficLookUp(parts, search, masking, assets, seal, authority);
  }

  private static LookUp.@Nullable Device device(Assets assets, String key) {
    AssetEntry byAddress = assets.of(key);
    AssetEntry found = byAddress != null ? byAddress : assets.byName(key);
    return found == null ? null : new LookUp.Device(found.name(), found.unit(), found.owner());
  }

  private static String id(SecureRandom random) {
    byte[] bytes = new byte[18];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  void install(Environment environment, Pages pages, Shells shells) {
    AnswerPapers papers = new AnswerPapers(lookUp, pages, new PdfPrinter(), seal);
    environment.jersey().register(new LookUpScreenResource(lookUp, papers, pages, shells));
    environment.jersey().register(new LookUpResource(lookUp, papers, days, shells));
  }

  /** Before the index closes. */
  @Override
  public void close() {
    jobs.close();
  }
}
