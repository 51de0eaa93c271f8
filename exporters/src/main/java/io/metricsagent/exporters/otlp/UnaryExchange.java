package io.metricsagent.exporters.otlp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * One request over HTTP: sends a message and collects headers, body and trailers of the answer.
 * Used by the connection's thread.
 */
final class UnaryExchange implements AsyncClientExchangeHandler {
  /**
   * The answer.
   *
   * @param status HTTP status
   * @param headers the headers, overridden by the trailers; names in lower case
   * @param body the whole body
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reply(int status, Map<String, String> headers, byte[] body) {}

  private final HttpRequest request;
  private final ContentType type;
  private final ByteBuffer message;
  private final long maxBytes;
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();
  private final Map<String, String> headers = new HashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status;

  /**
   * Prepares an exchange.
   *
   * @param type the content type, or {@code null} if the request has a header for it
   */
  UnaryExchange(HttpRequest request, ContentType type, byte[] message, long maxBytes) {
    this.request = request;
    this.type = type;
    this.message = ByteBuffer.wrap(message);
    this.maxBytes = maxBytes;
  }

  CompletableFuture<Reply> reply() {
    return reply;
  }

  @Override
  public void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    channel.sendRequest(request, new BasicEntityDetails(message.remaining(), type), context);
  }

  @Override
  public int available() {
    return message.remaining();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    channel.write(message);
    if (!message.hasRemaining()) {
      channel.endStream();
    }
  }

  @Override
  public void consumeInformation(HttpResponse response, HttpContext context) {}

  @Override
  public void consumeResponse(HttpResponse response, EntityDetails entity, HttpContext context) {
    status = response.getCode();
    add(List.of(response.getHeaders()));
    if (entity == null) {
      finish();
    }
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(Integer.MAX_VALUE);
  }

  @Override
  public void consume(ByteBuffer data) throws IOException {
    if (body.size() + data.remaining() > maxBytes) {
      throw new IOException("the answer is longer than " + maxBytes + " bytes");
    }
    byte[] chunk = new byte[data.remaining()];
    data.get(chunk);
    body.writeBytes(chunk);
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) {
    if (trailers != null) {
      add(trailers);
    }
    finish();
  }

  private void add(List<? extends Header> more) {
    for (Header header : more) {
      headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
  }

  private void finish() {
    reply.complete(new Reply(status, headers, body.toByteArray()));
  }

  @Override
  public void failed(Exception cause) {
    reply.completeExceptionally(cause);
  }

  @Override
  public void cancel() {
    reply.completeExceptionally(new CancellationException("the connection was closed"));
  }

  @Override
  public void releaseResources() {
    // The stream has ended; without this, a thread that waits for the answer would wait forever.
    reply.completeExceptionally(new IOException("the connection ended before the answer"));
  }
}
