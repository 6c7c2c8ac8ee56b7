package tr.emanet.indicator.http;

import tr.emanet.web.Texts;

/** Feeds in the words of one language. Pure. */
final class FeedWords {

  private FeedWords() {}

  /** USOM/SGB for the feed that everybody calls so; other feeds have the name from their file. */
  static String name(String feed, Texts texts) {
    String key = "indicators.feed." + feed;
    return texts.has(key) ? texts.get(key) : feed;
  }
}
