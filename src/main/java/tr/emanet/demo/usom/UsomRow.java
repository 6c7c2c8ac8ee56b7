package tr.emanet.demo.usom;

/**
 * One address as the API lists it.
 *
 * @param id unique over all types, even
 * @param url the value as published
 * @param type {@code domain}, {@code url}, {@code ip}, {@code ip6} or {@code ip6net}
 * @param date {@code yyyy-MM-dd HH:mm:ss} with zero to six digits of fraction, UTC without saying
 *     so
 */
public record UsomRow(
    long id,
    String url,
    String type,
    String desc,
    String source,
    String date,
    int criticalityLevel,
    String connectiontype) {

  /** The row in the API's own order of fields. */
  void write(StringBuilder out) {
    out.append("{\"id\":").append(id).append(",\"url\":");
    Json.quote(url, out);
    out.append(",\"type\":\"")
        .append(type)
        .append("\",\"desc\":\"")
        .append(desc)
        .append("\",\"source\":\"")
        .append(source)
        .append("\",\"date\":\"")
        .append(date)
        .append("\",\"criticality_level\":")
        .append(criticalityLevel)
        .append(",\"connectiontype\":\"")
        .append(connectiontype)
        .append("\"}");
  }
}
