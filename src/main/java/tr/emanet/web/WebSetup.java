package tr.emanet.web;

import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;

/**
 * Puts the shell into the HTTP server: security headers, errors, static files, preferences, policy
 * reports. The root calls it once, before the features register their resources.
 */
public final class WebSetup {

  private WebSetup() {}

  /** Must run while the configuration is read: our error pages replace those of the framework. */
  public static void prepare(ServerFactory server) {
    if (server instanceof AbstractServerFactory factory) {
      factory.setRegisterDefaultExceptionMappers(false);
      factory.setDetailedJsonProcessingExceptionMapper(false);
    }
  }

  /** Registers everything of the shell. */
  public static void install(
      Environment environment,
      Pages pages,
      Shells shells,
      StaticFiles files,
      CspReportResource reports) {
    environment
        .servlets()
        .addFilter("security-headers", new SecurityHeaders())
        .addMappingForUrlPatterns(
            EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR), false, "/*");
    environment.jersey().register(new ErrorMapper(pages, shells));
    environment.getApplicationContext().setErrorHandler(new OuterErrors(pages, shells));
    environment.jersey().register(new StaticResource(files));
    environment.jersey().register(new PreferencesResource());
    environment.jersey().register(reports);
  }
}
