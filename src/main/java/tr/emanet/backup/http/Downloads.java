package tr.emanet.backup.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Locale;
import tr.emanet.backup.recover.SnapshotDesk;
import tr.emanet.backup.restore.SnapshotArchive;
import tr.emanet.web.Urls;

/** Answers that browsers save and never show. */
final class Downloads {

  private Downloads() {}

  /** The download as an answer; nothing of it is kept by anybody on the way. */
  static Response of(SnapshotDesk.Download download) {
    StreamingOutput body = download::writeTo;
    Response.ResponseBuilder answer = attachment(Response.ok(body), download.name());
    if (download.size() >= 0) {
      answer.header(HttpHeaders.CONTENT_LENGTH, download.size());
    }
    return answer.type(MediaType.APPLICATION_OCTET_STREAM).build();
  }

  /** With the name under which a browser saves it (RFC 6266). */
  static Response.ResponseBuilder attachment(Response.ResponseBuilder answer, String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return answer
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + Urls.encode(name))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  /** The format that a person named; zip when it is none of ours. */
  static SnapshotArchive.Format format(String word) {
    return word.toLowerCase(Locale.ROOT).equals("tar")
        ? SnapshotArchive.Format.TAR
        : SnapshotArchive.Format.ZIP;
  }
}
