package tr.emanet.indicator.notice;

import java.time.Instant;

/**
 * One thing that happened to a notice.
 *
 * @param what last part of the text key {@code notice.told.<what>}
 * @param text what was said or which thing it was done to; may be empty
 */
public record HistoryLine(Instant at, String who, String what, String text) {}
