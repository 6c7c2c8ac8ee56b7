package tr.emanet.intake.mqtt;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.spi.NetworkModuleFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sockets of Paho's MQTT 5 client, found through {@code META-INF/services} by the scheme
 * {@code emanet}: so that {@link DupTap} can read along and the name check is ours.
 */
public final class TappedNetwork implements NetworkModuleFactory {

  static final String SCHEME = "emanet";

  /** Options that carry the set of packet ids delivered again. */
  static final class Options extends MqttConnectionOptions {
    private final Set<Integer> duplicates = ConcurrentHashMap.newKeySet();

    Set<Integer> duplicates() {
      return duplicates;
    }
  }

  @Override
  public Set<String> getSupportedUriSchemes() {
    return Set.of(SCHEME);
  }

  @Override
  public void validateURI(URI uri) {
    if (uri.getHost() == null || uri.getPort() <= 0) {
      throw new IllegalArgumentException("'" + uri + "' names no host and port");
    }
  }

  @Override
  public NetworkModule createNetworkModule(
      URI uri, MqttConnectionOptions options, String clientId) {
    if (!(options instanceof Options ours)) {
      throw new IllegalArgumentException("only for our own connections");
    }
    return new Module(uri, ours);
  }

  private static final class Module implements NetworkModule {
    private final URI uri;
    private final Options options;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    Module(URI uri, Options options) {
      this.uri = uri;
      this.options = options;
    }

    @Override
    public void start() throws IOException {
      SocketFactory given = options.getSocketFactory();
      SocketFactory factory = given == null ? SocketFactory.getDefault() : given;
      Socket opened = factory.createSocket();
      socket = opened;
      int millis = options.getConnectionTimeout() * 1000;
      try {
        opened.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), millis);
        if (opened instanceof SSLSocket secure) {
          secure.setSoTimeout(millis);
          secure.startHandshake();
          secure.setSoTimeout(0);
        }
        opened.setTcpNoDelay(true);
        in = new DupTap(new BufferedInputStream(opened.getInputStream()), options.duplicates());
      } catch (IOException | RuntimeException e) {
        opened.close();
        throw e;
      }
    }

    private Socket socket() throws IOException {
      Socket now = socket;
      if (now == null) {
        throw new IOException("not connected");
      }
      return now;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      InputStream now = in;
      if (now == null) {
        throw new IOException("not connected");
      }
      return now;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return socket().getOutputStream();
    }

    @Override
    public void stop() throws IOException {
      Socket now = socket;
      if (now != null) {
        now.close();
      }
    }

    @Override
    public String getServerURI() {
      return uri.toString();
    }
  }
}
