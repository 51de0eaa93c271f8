package io.metricsagent.exporters.otlp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.impl.nio.ClientHttp1IOEventHandler;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexerFactory;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.http.nio.command.ShutdownCommand;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.impl.nio.ClientH2PrefaceHandler;
import org.apache.hc.core5.http2.impl.nio.ClientH2StreamMultiplexerFactory;
import org.apache.hc.core5.http2.ssl.H2ClientTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.DefaultConnectingIOReactor;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.util.Timeout;

/**
 * Opens a connection for each request, since requests are rare. The protocol is HTTP/1.1, or HTTP/2
 * with prior knowledge; in plain text, or over TLS with ALPN and a check of the host name. One
 * daemon thread serves all connections. However a request ends, its connection is closed.
 */
final class Connector implements AutoCloseable {
  /** The size of frames that every peer must accept, in bytes (RFC 9113, section 4.2). */
  private static final int SMALLEST_MAX_FRAME = 16_384;

  private final InetSocketAddress unresolved;
  private final Function<ProtocolIOSession, IOEventHandler> protocol;
  private final HttpVersionPolicy version;
  private final H2ClientTlsStrategy tls;
  private DefaultConnectingIOReactor reactor;
  private Thread ioThread;

  /**
   * Makes a connector.
   *
   * @param sslContext {@code null} for plain text
   */
  Connector(URI endpoint, SSLContext sslContext, boolean http2) {
    int port = endpoint.getPort();
    if (port < 0) {
      port = "https".equals(endpoint.getScheme()) ? 443 : 80;
    }
    // Removes the brackets of IPv6.
    unresolved =
        InetSocketAddress.createUnresolved(endpoint.getHost().replaceAll("^\\[|]$", ""), port);
    version = http2 ? HttpVersionPolicy.FORCE_HTTP_2 : HttpVersionPolicy.FORCE_HTTP_1;
    protocol = http2 ? http2(sslContext != null) : http1();
    tls =
        sslContext == null
            ? null
            : new H2ClientTlsStrategy(sslContext, Connector::checkHostName, null);
  }

  /**
   * Until the peer announces its largest frame, HttpCore sends frames as large as those that it
   * accepts itself. That must not exceed {@value #SMALLEST_MAX_FRAME} bytes, since a peer that
   * announces nothing accepts no larger ones.
   */
  private static Function<ProtocolIOSession, IOEventHandler> http2(boolean strictAlpn) {
    ClientH2StreamMultiplexerFactory multiplexers =
        new ClientH2StreamMultiplexerFactory(
            HttpProcessorBuilder.create().build(),
            null,
            H2Config.custom().setPushEnabled(false).setMaxFrameSize(SMALLEST_MAX_FRAME).build(),
            null,
            null);
    return session -> new ClientH2PrefaceHandler(session, multiplexers, strictAlpn, null);
  }

  private static Function<ProtocolIOSession, IOEventHandler> http1() {
    ClientHttp1StreamDuplexerFactory duplexers =
        new ClientHttp1StreamDuplexerFactory(
            HttpProcessorBuilder.create()
                .addAll(new RequestContent(), new RequestTargetHost())
                .build(),
            null,
            null);
    return session -> new ClientHttp1IOEventHandler(duplexers.create(session));
  }

  /** Returns the authority for requests: host and port. */
  URIAuthority authority() {
    return new URIAuthority(unresolved.getHostString(), unresolved.getPort());
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @throws IOException if there is no answer
   */
  UnaryExchange.Reply await(UnaryExchange exchange, Duration limit)
      throws IOException, InterruptedException {
    // The host is looked up for each request, because a receiver may get another address.
    InetSocketAddress address =
        new InetSocketAddress(unresolved.getHostString(), unresolved.getPort());
    if (address.isUnresolved()) {
      throw new UnknownHostException(unresolved.getHostString());
    }
    Call call = start(address, exchange, limit);
    boolean answered = false;
    try {
      UnaryExchange.Reply reply = exchange.reply().get(limit.toNanos(), TimeUnit.NANOSECONDS);
      answered = true;
      return reply;
    } catch (TimeoutException e) {
      IOException timeout = new SocketTimeoutException("no answer");
      timeout.initCause(e);
      throw timeout;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      call.close(answered);
    }
  }

  /** Makes TLS check the host name; HttpCore by itself checks only the certificate's chain. */
  private static void checkHostName(NamedEndpoint endpoint, SSLEngine engine) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
  }

  /**
   * A request under way. Closing it closes its connection, even one that is established later:
   * otherwise a connect that succeeds while it is cancelled would leave its connection open.
   * Thread-safe.
   */
  private static final class Call implements FutureCallback<IOSession> {
    private final UnaryExchange exchange;
    private final Timeout limit;
    private IOSession session;
    private boolean closed;

    private Call(UnaryExchange exchange, Timeout limit) {
      this.exchange = exchange;
      this.limit = limit;
    }

    @Override
    public synchronized void completed(IOSession connected) {
      if (closed) {
        connected.close(CloseMode.IMMEDIATE);
        return;
      }
      session = connected;
      session.setSocketTimeout(limit);
      session.enqueue(
          new RequestExecutionCommand(exchange, HttpCoreContext.create()), Command.Priority.NORMAL);
    }

    @Override
    public void failed(Exception cause) {
      exchange.failed(cause);
    }

    @Override
    public void cancelled() {
      exchange.failed(new ConnectException("cancelled"));
    }

    synchronized void close(boolean graceful) {
      closed = true;
      if (session == null) {
        return;
      }
      if (graceful) {
        session.enqueue(new ShutdownCommand(CloseMode.GRACEFUL), Command.Priority.IMMEDIATE);
      } else {
        session.close(CloseMode.IMMEDIATE);
      }
    }
  }

  /** Starts a request; {@code exchange} gets the outcome. */
  private Call start(InetSocketAddress address, UnaryExchange exchange, Duration connectLimit) {
    NamedEndpoint endpoint = new Endpoint(unresolved.getHostString(), unresolved.getPort());
    Timeout limit = Timeout.of(connectLimit);
    Call call = new Call(exchange, limit);
    reactor().connect(endpoint, address, null, limit, new Attachment(endpoint, limit), call);
    return call;
  }

  /** Returns the reactor, in place of one that ended: by an interrupt, or by an exhausted heap. */
  private DefaultConnectingIOReactor reactor() {
    if (reactor != null && hasEnded()) {
      reactor.close(CloseMode.IMMEDIATE);
      reactor = null;
    }
    if (reactor == null) {
      reactor =
          new DefaultConnectingIOReactor(
              this::handler,
              IOReactorConfig.custom().setIoThreadCount(1).setTcpNoDelay(true).build(),
              task -> {
                ioThread = OtlpSink.daemon(task, "metrics-agent-otlp-io");
                return ioThread;
              },
              null,
              null,
              null,
              null);
      reactor.start();
    }
    return reactor;
  }

  /** A reactor whose thread died of an error still says that it is active. */
  private boolean hasEnded() {
    return reactor.getStatus() != IOReactorStatus.ACTIVE || !ioThread.isAlive();
  }

  private IOEventHandler handler(ProtocolIOSession session, Object attachment) {
    Attachment wanted = (Attachment) attachment;
    if (tls != null) {
      tls.upgrade(session, wanted.endpoint(), version, wanted.limit(), null);
    }
    return protocol.apply(session);
  }

  @Override
  public void close() {
    if (reactor != null) {
      reactor.close(CloseMode.IMMEDIATE);
    }
  }

  private record Attachment(NamedEndpoint endpoint, Timeout limit) {}

  private record Endpoint(String host, int port) implements NamedEndpoint {
    @Override
    public String getHostName() {
      return host;
    }

    @Override
    public int getPort() {
      return port;
    }
  }
}
