package tr.emanet.search.http;

import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.util.Map;
import tr.emanet.audit.AuditLog;
import tr.emanet.search.EventSearch;
import tr.emanet.search.SavedSearches;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;

/** Puts the search screen and the search interface into the HTTP server. */
public final class SearchSetup {

  private SearchSetup() {}

  /** Pages and API of this feature; exports are written to the audit chain. */
  public static void install(
      Environment environment,
      EventSearch search,
      SavedSearches saved,
      AuditLog audit,
      Pages pages,
      Shells shells) {
    TailResource tail = new TailResource(search, pages, shells);
    environment.lifecycle().manage(new AutoCloseableManager(tail));
    environment.jersey().register(tail);
    environment.jersey().register(new SearchResource(search, saved, pages, shells));
    environment.jersey().register(new CompareResource(search, pages, shells));
    environment.jersey().register(new SavedSearchesResource(saved, shells));
    environment
        .jersey()
        .register(
            new EventsResource(
                search,
                shells,
                (who, what) -> audit.record(who, "events.export", Map.of("what", what))));
  }
}
