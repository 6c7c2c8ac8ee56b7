package tr.emanet.signature;

/** What the page of an object's signatures shows. */
public final class SignatureViews {

  private SignatureViews() {}

  /**
   * The object.
   *
   * @param name what it is, in words
   * @param base path of its API
   * @param page path of this page
   */
  public record Subject(String name, String file, String sha256, String base, String page) {}

  /**
   * One signature.
   *
   * @param who the signer's name
   * @param person the national id, masked
   * @param kind in words: a qualified certificate or another one
   * @param when claimed, in words
   * @param stamp what a time stamp proves, or that there is none
   * @param tone {@code ok} or {@code medium}
   */
  public record Row(
      String who,
      String person,
      String issuer,
      String kind,
      String tone,
      String over,
      String when,
      String stamp,
      String by,
      String file) {}

  /**
   * What came of an upload.
   *
   * @param detail in English, empty when there is no more to say
   */
  public record Told(String sentence, String detail, boolean bad) {
    static final Told NOTHING = new Told("", "", false);
  }
}
