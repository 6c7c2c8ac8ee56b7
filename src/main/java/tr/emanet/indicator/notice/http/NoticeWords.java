package tr.emanet.indicator.notice.http;

import tr.emanet.indicator.notice.NoticeMatch;
import tr.emanet.web.Texts;
import tr.emanet.web.Visible;

/** Matches in the words of one language. */
record NoticeWords(Texts texts) {

  /** Why an installation was proposed. */
  String why(NoticeMatch match) {
    return texts.get(
        "notice.why." + match.reason(),
        name(match),
        Visible.plain(match.quote()),
        Visible.plain(match.product().version()),
        Visible.plain(match.product().vendor()));
  }

  private static String name(NoticeMatch match) {
    return Visible.plain(match.product().product());
  }
}
