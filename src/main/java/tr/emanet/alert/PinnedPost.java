package tr.emanet.alert;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 POST (RFC 9112) to an address that was checked before: nothing asks for the name
 * again, TLS still proves the name. Reads the head of the answer and nothing behind it. Bounded in
 * time and bytes. Pure apart from the connection.
 */
final class PinnedPost {

  private static final int MAX_HEAD = 16 * 1024;
  private static final int MAX_INTERIM = 5;
  private static final int CONNECT_MILLIS = 5_000;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})(?: .*)?");

  private final SSLSocketFactory tls;
  private final Duration whole;
  private final @Nullable InetSocketAddress proxy;

  PinnedPost(SSLSocketFactory tls, Duration whole) {
    this(tls, whole, null);
  }

  /**
   * @param whole time for connecting, sending and the head of the answer together
   * @param proxy asked for a tunnel (CONNECT, RFC 9110 9.3.6) to the checked address, so that it
   *     asks for no name either; null: directly
   */
  PinnedPost(SSLSocketFactory tls, Duration whole, @Nullable InetSocketAddress proxy) {
    this.tls = tls;
    this.whole = whole;
    this.proxy = proxy;
  }

  /**
   * Sends and returns the status of the answer.
   *
   * @param headers names and values without line breaks
   * @throws IOException when no address answers in time
   */
  int send(URI target, List<InetAddress> addresses, Map<String, String> headers, byte[] body)
      throws IOException {
    IOException problem = new IOException(target.getHost() + " has no address");
    AtomicBoolean late = new AtomicBoolean();
    for (InetAddress address : addresses) {
      try (Socket plain = new Socket()) {
        Thread watch = Thread.ofVirtual().start(() -> closeLater(plain, late));
        try {
          connect(plain, address, port(target));
          return exchange(secured(plain, target), target, headers, body);
        } catch (IOException e) {
          problem =
              late.get()
                  ? new IOException(target.getHost() + " gave no answer within " + whole, e)
                  : new IOException(target.getHost() + ": " + e.getMessage(), e);
        } finally {
          watch.interrupt();
        }
      }
    }
    throw problem;
  }

  private void connect(Socket socket, InetAddress address, int port) throws IOException {
    if (proxy == null) {
      socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      return;
    }
    InetSocketAddress resolved = new InetSocketAddress(proxy.getHostString(), proxy.getPort());
    if (resolved.isUnresolved()) {
      throw new IOException(
          "the proxy " + proxy.getHostString() + " is not known to the name service");
    }
    socket.connect(resolved, CONNECT_MILLIS);
    String text = address.getHostAddress().replaceFirst("%.*", "");
    String to = (text.contains(":") ? "[" + text + "]" : text) + ":" + port;
    String ask = "CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n\r\n";
    socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    // Byte by byte: what comes behind the head belongs to the tunnel.
    int status = head(socket.getInputStream());
    if (status < 200 || status > 299) {
      throw new IOException("the proxy answered " + status + " to CONNECT " + to);
    }
  }

  /** A side that trickles is cut off, whatever it sends. */
  private void closeLater(Socket socket, AtomicBoolean late) {
    try {
      Thread.sleep(whole);
      late.set(true);
      socket.close();
    } catch (InterruptedException e) {
      // It was done in time.
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The thread that reads gets its own error from the same socket.
      late.set(true);
    }
  }

  private static int port(URI target) {
    return target.getPort() >= 0 ? target.getPort() : target.getScheme().equals("https") ? 443 : 80;
  }

  private Socket secured(Socket plain, URI target) throws IOException {
    if (!target.getScheme().equals("https")) {
      return plain;
    }
    String name = bare(target.getHost());
    if (!(tls.createSocket(plain, name, port(target), true) instanceof SSLSocket socket)) {
      throw new IOException("this runtime makes no TLS sockets");
    }
    SSLParameters rules = socket.getSSLParameters();
    rules.setEndpointIdentificationAlgorithm("HTTPS");
    rules.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    if (!name.contains(":") && !name.matches("[0-9.]+")) {
      rules.setServerNames(List.of(new SNIHostName(name)));
    }
    socket.setSSLParameters(rules);
    socket.startHandshake();
    return socket;
  }

  /** The host without the brackets of an IPv6 address. */
  static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int exchange(Socket socket, URI target, Map<String, String> headers, byte[] body)
      throws IOException {
    StringBuilder head = new StringBuilder("POST ").append(path(target)).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(target.getHost());
    head.append(target.getPort() >= 0 ? ":" + target.getPort() : "").append("\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + clean(value) + "\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\nConnection: close\r\n\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(body);
    socket.getOutputStream().write(all.toByteArray());
    socket.getOutputStream().flush();
    InputStream in = new BufferedInputStream(socket.getInputStream(), 1024);
    for (int i = 0; i < MAX_INTERIM; i++) {
      int status = head(in);
      if (status >= 200) {
        return status;
      }
    }
    throw new IOException("answers with nothing but interim answers");
  }

  private static String path(URI target) {
    String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    return target.getRawQuery() == null ? path : path + "?" + target.getRawQuery();
  }

  private static String clean(String value) {
    return value.replaceAll("[^ -~]", "?");
  }

  /** Reads one head up to its empty line. */
  private static int head(InputStream in) throws IOException {
    StringBuilder first = new StringBuilder();
    boolean inFirst = true;
    int lineLength = 0;
    for (int n = 0; n < MAX_HEAD; n++) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("ended the connection without an answer");
      }
      if (b == '\n') {
        if (!inFirst && lineLength == 0) {
          return status(first.toString());
        }
        inFirst = false;
        lineLength = 0;
      } else if (b != '\r') {
        lineLength++;
        if (inFirst) {
          first.append((char) b);
        }
      }
    }
    throw new IOException("answers with a head of more than " + MAX_HEAD + " bytes");
  }

  private static int status(String line) throws IOException {
    Matcher status = STATUS.matcher(line);
    if (!status.matches()) {
      throw new IOException("does not answer in HTTP/1.1");
    }
    return Integer.parseInt(status.group(1));
  }
}
