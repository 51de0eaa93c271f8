package io.metricsagent.exporters.otlp;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.http.nio.command.ShutdownCommand;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.impl.nio.ClientH2PrefaceHandler;
import org.apache.hc.core5.http2.impl.nio.ClientH2StreamMultiplexerFactory;
import org.apache.hc.core5.http2.ssl.H2ClientTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.DefaultConnectingIOReactor;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.util.Timeout;

/**
 * Opens HTTP/2 connections with one request each: in plain text with prior knowledge, or over TLS
 * with ALPN and a check of the host's name. One daemon thread serves them all.
 */
final class H2Connector implements AutoCloseable {
  private final H2ClientTlsStrategy tls;
  private final ClientH2StreamMultiplexerFactory multiplexers =
      new ClientH2StreamMultiplexerFactory(
          HttpProcessorBuilder.create().build(),
          null,
          H2Config.custom().setPushEnabled(false).build(),
          null,
          null);
  private DefaultConnectingIOReactor reactor;

  /**
   * Makes a connector.
   *
   * @param sslContext {@code null} for plain text
   */
  H2Connector(SSLContext sslContext) {
    tls =
        sslContext == null
            ? null
            : new H2ClientTlsStrategy(sslContext, H2Connector::checkHostName, null);
  }

  /** HttpCore checks the certificate's chain, but leaves its name to whoever builds on it. */
  private static void checkHostName(NamedEndpoint endpoint, SSLEngine engine) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
  }

  /** A request under way; closing it closes its connection. */
  static final class Call {
    private final Future<IOSession> connection;

    private Call(Future<IOSession> connection) {
      this.connection = connection;
    }

    void close() {
      if (!connection.isDone()) {
        connection.cancel(true);
        return;
      }
      try {
        connection
            .get()
            .enqueue(new ShutdownCommand(CloseMode.GRACEFUL), Command.Priority.IMMEDIATE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | CancellationException e) {
        // There is no connection to close.
      }
    }
  }

  /** Starts a request; the outcome is told to {@code exchange}. */
  Call start(
      InetSocketAddress name,
      InetSocketAddress address,
      GrpcExchange exchange,
      Duration connectLimit) {
    NamedEndpoint endpoint = new Endpoint(name.getHostString(), name.getPort());
    Timeout limit = Timeout.of(connectLimit);
    return new Call(
        reactor()
            .connect(
                endpoint,
                address,
                null,
                limit,
                new Attachment(endpoint, limit),
                new FutureCallback<>() {
                  @Override
                  public void completed(IOSession session) {
                    session.setSocketTimeout(limit);
                    session.enqueue(
                        new RequestExecutionCommand(exchange, HttpCoreContext.create()),
                        Command.Priority.NORMAL);
                  }

                  @Override
                  public void failed(Exception cause) {
                    exchange.failed(cause);
                  }

                  @Override
                  public void cancelled() {
                    exchange.failed(new ConnectException("cancelled"));
                  }
                }));
  }

  private DefaultConnectingIOReactor reactor() {
    if (reactor == null) {
      reactor =
          new DefaultConnectingIOReactor(
              this::handler,
              IOReactorConfig.custom().setIoThreadCount(1).setTcpNoDelay(true).build(),
              task -> OtlpSink.daemon(task, "metrics-agent-otlp-grpc"),
              null,
              null,
              null,
              null);
      reactor.start();
    }
    return reactor;
  }

  private IOEventHandler handler(ProtocolIOSession session, Object attachment) {
    Attachment wanted = (Attachment) attachment;
    if (tls != null) {
      tls.upgrade(session, wanted.endpoint(), HttpVersionPolicy.FORCE_HTTP_2, wanted.limit(), null);
    }
    return new ClientH2PrefaceHandler(session, multiplexers, tls != null, null);
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
