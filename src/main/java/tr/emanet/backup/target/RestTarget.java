package tr.emanet.backup.target;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * A repository behind restic's REST protocol, version 2 of its lists (rest-server, {@code rclone
 * serve restic}).
 *
 * <p>A server may be append-only: then a removal is refused, which is what it is for. Any thread.
 * Source: restic {@code doc/REST_backend.rst}.
 */
public final class RestTarget implements Target, Targets.End {

  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
  private static final String LIST_TYPE = "application/vnd.x.restic.rest.v2";
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final int MAX_LISTED = 20_000_000;

  private final TargetAddress.Rest address;
  private final TargetAccess access;
  private final HttpClient client;
  private final Retries retries = new Retries();

  RestTarget(TargetAddress.Rest address, TargetAccess access) throws IOException {
    this.address = address;
    this.access = access;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(20))
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (access.authorities() != null) {
      builder.sslContext(Authorities.context(access.authorities()));
    }
    client = builder.build();
  }

  @Override
  public void prepare() throws IOException {
    if (!list(ObjectKind.CONFIG).isEmpty() || !list(ObjectKind.KEY).isEmpty()) {
      throw new BackupException(
          "'" + describe() + "' holds a repository already; name another path");
    }
    HttpResponse<InputStream> made = send(request("?create=true").POST(BodyPublishers.noBody()));
    expect(made, "making the repository", 200, 201);
  }

  @Override
  public void write(ObjectKind kind, String name, byte[] bytes, int offset, int length)
      throws IOException {
    HttpRequest.Builder request =
        request(place(kind, name))
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(bytes, offset, length));
    HttpResponse<InputStream> answer = send(request);
    if (answer.statusCode() == 403 && holds(kind, name, length)) {
      return; // a try whose answer was lost had stored it; an append-only server takes it once
    }
    expect(answer, "writing " + LocalTarget.label(kind, name), 200, 201);
  }

  private boolean holds(ObjectKind kind, String name, int length) throws IOException {
    HttpResponse<InputStream> head =
        send(request(place(kind, name)).method("HEAD", BodyPublishers.noBody()));
    return head.statusCode() == 200
        && head.headers().firstValueAsLong("Content-Length").orElse(-1) == length;
  }

  @Override
  public byte[] read(ObjectKind kind, String name, int max) throws IOException {
    return retries.run(
        describe(),
        () -> {
          HttpResponse<InputStream> answer =
              client(request(place(kind, name)).GET(), BodyHandlers.ofInputStream());
          try (InputStream body = answer.body()) {
            found(answer.statusCode(), kind, name);
            byte[] bytes = body.readNBytes(max);
            if (bytes.length == max && body.read() >= 0) {
              throw new BackupException(
                  LocalTarget.label(kind, name) + " has more bytes than the limit of " + max);
            }
            return bytes;
          }
        });
  }

  @Override
  public void readAt(ObjectKind kind, String name, long position, byte[] into, int length)
      throws IOException {
    if (length == 0) {
      return;
    }
    retries.run(
        describe(),
        () -> {
          String range = "bytes=" + position + "-" + (position + length - 1);
          HttpResponse<InputStream> answer =
              client(
                  request(place(kind, name)).header("Range", range).GET(),
                  BodyHandlers.ofInputStream());
          try (InputStream body = answer.body()) {
            if (answer.statusCode() == 200) {
              body.skipNBytes(position); // a server may ignore the range
            } else if (answer.statusCode() == 416) {
              throw new BackupException(
                  LocalTarget.label(kind, name) + " ends before " + (position + length));
            } else if (answer.statusCode() != 206) {
              found(answer.statusCode(), kind, name);
            }
            int read = body.readNBytes(into, 0, length);
            if (read < length) {
              throw new BackupException(
                  LocalTarget.label(kind, name)
                      + " ends at "
                      + (position + read)
                      + ", before "
                      + (position + length));
            }
            return true;
          }
        });
  }

  private void found(int status, ObjectKind kind, String name) throws IOException {
    String what = LocalTarget.label(kind, name);
    if (status == 404) {
      throw new BackupException(what + " is missing in " + describe());
    }
    if (status >= 500) {
      throw new IOException(describe() + " answers " + status + " to reading " + what);
    }
    if (status != 200) {
      throw refused(status, "reading " + what);
    }
  }

  @Override
  public List<Entry> list(ObjectKind kind) throws IOException {
    if (kind == ObjectKind.CONFIG) {
      HttpResponse<InputStream> head =
          send(request("config").method("HEAD", BodyPublishers.noBody()));
      if (head.statusCode() == 404) {
        return List.of();
      }
      expect(head, "looking for the configuration", 200);
      return List.of(
          new Entry("config", head.headers().firstValueAsLong("Content-Length").orElse(0)));
    }
    return retries.run(
        describe(),
        () -> {
          HttpResponse<InputStream> answer =
              client(
                  request(kind.directory() + "/").header("Accept", LIST_TYPE).GET(),
                  BodyHandlers.ofInputStream());
          try (InputStream body = answer.body()) {
            if (answer.statusCode() == 404) {
              return List.of();
            }
            if (answer.statusCode() >= 500) {
              throw new IOException(describe() + " answers " + answer.statusCode());
            }
            if (answer.statusCode() != 200) {
              throw refused(answer.statusCode(), "listing " + kind.directory());
            }
            return entries(body, kind);
          }
        });
  }

  /** Reads {@code [{"name":"..","size":n},..]} as it comes: a list may have millions. */
  private List<Entry> entries(InputStream body, ObjectKind kind) throws IOException {
    List<Entry> found = new ArrayList<>();
    try (JsonParser json = new ObjectMapper().getFactory().createParser(body)) {
      if (json.nextToken() == JsonToken.VALUE_NULL) {
        return found; // Go's JSON of no list
      }
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw noList(kind);
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        String name = null;
        long size = -1;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String field = json.currentName();
          JsonToken value = json.nextToken();
          if (field.equals("name") && value == JsonToken.VALUE_STRING) {
            name = json.getText();
          } else if (field.equals("size") && value == JsonToken.VALUE_NUMBER_INT) {
            size = json.getLongValue();
          } else {
            json.skipChildren();
          }
        }
        if (name == null || size < 0 || found.size() >= MAX_LISTED) {
          throw noList(kind);
        }
        found.add(new Entry(name, size));
      }
      if (json.currentToken() != JsonToken.END_ARRAY) {
        throw noList(kind);
      }
      return found;
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      BackupException wrong = noList(kind);
      wrong.initCause(e);
      throw wrong;
    }
  }

  private BackupException noList(ObjectKind kind) {
    return new BackupException(
        describe()
            + " answers no list of "
            + kind.directory()
            + " in the form of REST version 2; is it a server for restic?");
  }

  @Override
  public void remove(ObjectKind kind, String name) throws IOException {
    HttpResponse<InputStream> answer = send(request(place(kind, name)).DELETE());
    if (answer.statusCode() == 403) {
      throw new BackupException(
          describe()
              + " does not let us remove "
              + LocalTarget.label(kind, name)
              + "; an append-only server is pruned on the server");
    }
    expect(answer, "removing " + LocalTarget.label(kind, name), 200, 204, 404);
  }

  private String place(ObjectKind kind, String name) throws BackupException {
    if (kind == ObjectKind.CONFIG) {
      return "config";
    }
    if (!NAME.matcher(name).matches()) {
      throw new BackupException("'" + name + "' is no name of an object; remove the foreign file");
    }
    return kind.directory() + "/" + name;
  }

  private HttpRequest.Builder request(String below) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.uri() + below)).timeout(TIMEOUT);
    String user = access.user();
    if (user != null) {
      String secret = access.readSecret();
      String pair = user + ":" + (secret == null ? "" : secret);
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    return request;
  }

  /** Sends and drains the answer; only its status and headers count. */
  private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
    return retries.run(
        describe(),
        () -> {
          HttpResponse<InputStream> answer = client(request, BodyHandlers.ofInputStream());
          try (InputStream body = answer.body()) {
            body.readNBytes(1 << 16); // read to its end, the connection serves again
          }
          if (answer.statusCode() >= 500 || answer.statusCode() == 429) {
            throw new IOException(describe() + " answers " + answer.statusCode());
          }
          return answer;
        });
  }

  private <T> HttpResponse<T> client(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) throws IOException {
    try {
      return client.send(request.build(), handler);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupException("interrupted while talking to " + describe(), e);
    }
  }

  private void expect(HttpResponse<?> answer, String what, int... accepted) throws BackupException {
    for (int status : accepted) {
      if (answer.statusCode() == status) {
        return;
      }
    }
    throw refused(answer.statusCode(), what);
  }

  private BackupException refused(int status, String what) {
    String remedy =
        switch (status) {
          case 401 -> "; check user and password";
          case 403 -> "; this user may not";
          case 404 -> "; check the path";
          case 507, 413 -> "; the server has no room";
          default -> "";
        };
    return new BackupException(describe() + " answers " + status + " to " + what + remedy);
  }

  @Override
  public String describe() {
    return address.text();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
