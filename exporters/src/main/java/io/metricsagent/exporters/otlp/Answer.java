package io.metricsagent.exporters.otlp;

import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.HttpResponse;

/**
 * A receiver's answer to one request.
 *
 * @param status HTTP status, or gRPC status code
 * @param text the answer in words, such as {@code HTTP 503: overloaded}
 * @param body the message in the answer, without frames
 * @param accepted whether the receiver took the request
 * @param retryable whether the protocol allows the same request to be sent again
 * @param invalid whether the receiver objects to what the request holds, so that parts of it may be
 *     welcome
 * @param retryAfterNanos how long the receiver asks us to wait, or -1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(
    int status,
    String text,
    byte[] body,
    boolean accepted,
    boolean retryable,
    boolean invalid,
    long retryAfterNanos) {

  /**
   * Returns whether the answer is a success over HTTP that no receiver has sent, such as a log-in
   * page.
   */
  boolean isForeign() {
    return !accepted && status >= 200 && status < 300;
  }

  /**
   * Returns the answer with secrets masked, if it is a refusal. The SDK's exporters log its body,
   * in which a receiver may repeat parts of the request.
   */
  Answer masked(Secrets secrets) {
    return accepted
        ? this
        : new Answer(
            status, secrets.mask(text), new byte[0], false, retryable, invalid, retryAfterNanos);
  }

  HttpResponse toHttp() {
    return new HttpResponse() {
      @Override
      public int getStatusCode() {
        return status;
      }

      @Override
      public String getStatusMessage() {
        return text;
      }

      @Override
      public byte[] getResponseBody() {
        return body;
      }
    };
  }

  GrpcResponse toGrpc() {
    return new GrpcResponse() {
      @Override
      public GrpcStatusCode getStatusCode() {
        return GrpcStatusCode.fromValue(status);
      }

      @Override
      public String getStatusDescription() {
        return text;
      }

      @Override
      public byte[] getResponseMessage() {
        return body;
      }
    };
  }
}
