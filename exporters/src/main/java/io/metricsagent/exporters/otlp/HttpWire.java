package io.metricsagent.exporters.otlp;

import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.message.BasicHttpRequest;

/** OTLP over HTTP/1.1 of Apache HttpCore. Used by one thread. */
final class HttpWire implements Wire {
  private final HttpSenderConfig config;
  private final Connector connector;

  HttpWire(HttpSenderConfig config) {
    this.config = config;
    connector = new Connector(config.getEndpoint(), config.getSslContext(), false);
  }

  @Override
  public Answer send(byte[] message, Duration limit) throws IOException, InterruptedException {
    UnaryExchange.Reply reply =
        connector.await(
            new UnaryExchange(
                request(),
                ContentType.parse(config.getContentType()),
                message,
                config.getMaxResponseBodySize()),
            limit);
    return HttpAnswer.of(
        reply.status(),
        reply.headers().getOrDefault("content-type", ""),
        reply.headers().get("retry-after"),
        reply.body());
  }

  private BasicHttpRequest request() {
    URI endpoint = config.getEndpoint();
    String path = endpoint.getRawPath().isEmpty() ? "/" : endpoint.getRawPath();
    String query = endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery();
    BasicHttpRequest request = new BasicHttpRequest("POST", path + query);
    request.setScheme(endpoint.getScheme());
    request.setAuthority(connector.authority());
    if (config.getCompressor() != null) {
      request.addHeader("Content-Encoding", config.getCompressor().getEncoding());
    }
    config
        .getHeadersSupplier()
        .get()
        .forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
    return request;
  }

  @Override
  public void close() {
    connector.close();
  }
}
