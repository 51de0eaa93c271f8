package io.metricsagent.exporters.otlp;

import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;

/**
 * OTLP over gRPC: the few parts of gRPC that a unary call needs, on HTTP/2 of Apache HttpCore. Each
 * call has a connection of its own. Used by one thread.
 */
final class GrpcWire implements Wire {
  private static final Set<GrpcStatusCode> RETRYABLE =
      EnumSet.of(
          GrpcStatusCode.CANCELLED,
          GrpcStatusCode.DEADLINE_EXCEEDED,
          GrpcStatusCode.RESOURCE_EXHAUSTED,
          GrpcStatusCode.ABORTED,
          GrpcStatusCode.OUT_OF_RANGE,
          GrpcStatusCode.UNAVAILABLE,
          GrpcStatusCode.DATA_LOSS);

  /** One byte that says whether the message is compressed, and four bytes with its length. */
  private static final int FRAME_HEADER = 5;

  private final GrpcSenderConfig config;
  private final Connector connector;

  GrpcWire(GrpcSenderConfig config) {
    this.config = config;
    connector = new Connector(config.getEndpoint(), config.getSslContext(), true);
  }

  @Override
  public Answer send(byte[] message, Duration limit) throws IOException, InterruptedException {
    UnaryExchange exchange =
        new UnaryExchange(request(limit), null, frame(message), config.getMaxResponseBodySize());
    return answer(connector.await(exchange, limit));
  }

  private HttpRequest request(Duration limit) {
    URI endpoint = config.getEndpoint();
    BasicHttpRequest request = new BasicHttpRequest("POST", "/" + config.getFullMethodName());
    request.setScheme(endpoint.getScheme());
    request.setAuthority(connector.authority());
    request.addHeader("te", "trailers");
    request.addHeader("content-type", "application/grpc");
    request.addHeader("grpc-timeout", Math.max(1, limit.toMillis()) + "m");
    if (config.getCompressor() != null) {
      request.addHeader("grpc-encoding", config.getCompressor().getEncoding());
    }
    config
        .getHeadersSupplier()
        .get()
        .forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
    return request;
  }

  private byte[] frame(byte[] message) {
    return ByteBuffer.allocate(FRAME_HEADER + message.length)
        .put((byte) (config.getCompressor() == null ? 0 : 1))
        .putInt(message.length)
        .put(message)
        .array();
  }

  private static Answer answer(UnaryExchange.Reply reply) {
    String grpcStatus = reply.headers().get("grpc-status");
    GrpcStatusCode code;
    String text;
    if (grpcStatus != null && grpcStatus.matches("\\d{1,3}")) {
      code = GrpcStatusCode.fromValue(Integer.parseInt(grpcStatus));
      text = "gRPC status " + grpcStatus + " " + code + words(reply.headers().get("grpc-message"));
    } else if (reply.status() == 200) {
      code = GrpcStatusCode.UNKNOWN;
      text = "the answer is HTTP 200 without a gRPC status";
    } else {
      code = codeOf(reply.status());
      text = "HTTP " + reply.status() + " from something that is no gRPC server";
    }
    return new Answer(
        code.getValue(),
        text,
        message(reply.body()),
        code == GrpcStatusCode.OK,
        RETRYABLE.contains(code),
        code == GrpcStatusCode.INVALID_ARGUMENT,
        RetryAfter.nanos(reply.headers().get("retry-after")));
  }

  private static String words(String grpcMessage) {
    if (grpcMessage == null || grpcMessage.isEmpty()) {
      return "";
    }
    try {
      // The message is percent-encoded; unlike in a form, a plus sign stands for itself.
      return ": "
          + URLDecoder.decode(grpcMessage.replace("+", "%2B"), StandardCharsets.UTF_8)
              .replaceAll("[^\\p{Print}]+", " ");
    } catch (IllegalArgumentException e) {
      return ": " + grpcMessage;
    }
  }

  /** Returns the gRPC status for the HTTP status of a proxy, as gRPC defines it. */
  private static GrpcStatusCode codeOf(int httpStatus) {
    return switch (httpStatus) {
      case 400 -> GrpcStatusCode.INTERNAL;
      case 401 -> GrpcStatusCode.UNAUTHENTICATED;
      case 403 -> GrpcStatusCode.PERMISSION_DENIED;
      case 404 -> GrpcStatusCode.UNIMPLEMENTED;
      case 429, 502, 503, 504 -> GrpcStatusCode.UNAVAILABLE;
      default -> GrpcStatusCode.UNKNOWN;
    };
  }

  /**
   * Returns the message without its frame, or an empty one if it is compressed, which we did not
   * ask for.
   */
  private static byte[] message(byte[] body) {
    return body.length <= FRAME_HEADER || body[0] != 0
        ? new byte[0]
        : Arrays.copyOfRange(body, FRAME_HEADER, body.length);
  }

  @Override
  public void close() {
    connector.close();
  }
}
