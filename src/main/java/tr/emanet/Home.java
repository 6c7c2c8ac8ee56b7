package tr.emanet;

import java.nio.file.Path;

/**
 * Where the distribution lies: its routes and rules are found from there, whatever directory a
 * person was in when they started the service.
 */
public final class Home {

  private static final String PROPERTY = "emanet.home";

  private Home() {}

  /**
   * A file or folder of the distribution.
   *
   * @param name relative to the distribution, such as {@code rules/usom.yml}
   * @return below the system property {@code emanet.home}; without it, below the working directory
   */
  public static Path of(String name) {
    return Path.of(System.getProperty(PROPERTY, "")).resolve(name);
  }
}
