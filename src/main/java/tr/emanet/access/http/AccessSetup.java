package tr.emanet.access.http;

import io.dropwizard.core.setup.Environment;
import java.security.SecureRandom;
import tr.emanet.access.Access;
import tr.emanet.audit.AuditLog;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Authenticator;
import tr.emanet.web.security.BadBodyMapper;
import tr.emanet.web.security.SecurityFilter;

/** Puts the security filter and the pages of people into the HTTP server. */
public final class AccessSetup {

  private AccessSetup() {}

  /** The filter in front of every resource, also those of other features. */
  public static void guard(
      Environment environment, Authenticator authenticator, SecureRandom random) {
    environment.jersey().register(new SecurityFilter(authenticator, random));
    environment.jersey().register(new BadBodyMapper());
  }

  /** Pages and API of this feature. */
  public static void install(
      Environment environment, Access access, AuditLog audit, Pages pages, Shells shells) {
    environment.jersey().register(new LogInResource(access, pages, shells));
    environment.jersey().register(new AccountResource(access, pages, shells));
    environment.jersey().register(new PeopleResource(access, pages, shells));
    environment.jersey().register(new AuditResource(audit, pages, shells));
    environment.jersey().register(new UsersApiResource(access, shells));
    environment.jersey().register(new TokensApiResource(access, shells));
    environment.jersey().register(new SessionApiResource(access.sessions()));
    environment.jersey().register(new AuditApiResource(audit));
  }
}
