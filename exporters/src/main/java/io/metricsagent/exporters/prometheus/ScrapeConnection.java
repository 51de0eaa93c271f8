package io.metricsagent.exporters.prometheus;

import io.metricsagent.exporters.prometheus.ScrapeRequest.BadRequestException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One connection, which reads a request, sends the answer, and then reads another request or ends.
 * It never blocks: each call does what is possible at that moment. Used by the server's thread.
 *
 * <p>A request that has a body, or after which more was sent already, is the last one of its
 * connection.
 */
final class ScrapeConnection {
  private static final int MAX_HEAD_BYTES = 16 * 1024;

  /** What the connection is waiting for. */
  enum State {
    /** The rest of a request, or the first request. */
    READING,
    /** Another request. */
    IDLE,
    /** The client, to read the answer. */
    ANSWERING,
    /**
     * The client, to close the connection. If the server closed a connection that has unread bytes,
     * a client that has not read the answer yet could lose it.
     */
    DRAINING
  }

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ScrapeHandler handler;
  private final ByteBuffer input = ByteBuffer.allocate(MAX_HEAD_BYTES);
  private Deque<ByteBuffer> output = new ArrayDeque<>();
  private boolean last;
  private State state = State.READING;
  private long sinceNanos;

  ScrapeConnection(SocketChannel channel, SelectionKey key, ScrapeHandler handler, long nowNanos) {
    this.channel = channel;
    this.key = key;
    this.handler = handler;
    sinceNanos = nowNanos;
  }

  State state() {
    return state;
  }

  /**
   * Returns when the connection entered its state; reading or sending some bytes does not change
   * the state.
   */
  long sinceNanos() {
    return sinceNanos;
  }

  /**
   * Reads what has arrived, in any state but {@code ANSWERING}.
   *
   * @return whether a request is complete or malformed, and has to be answered
   * @throws IOException if the client has closed the connection
   */
  boolean read(long nowNanos) throws IOException {
    if (state == State.DRAINING) {
      input.clear();
    }
    if (channel.read(input) < 0) {
      throw new IOException("the client has closed the connection");
    }
    if (state == State.IDLE) {
      enter(State.READING, nowNanos);
    }
    return state == State.READING && (headEnd() > 0 || !input.hasRemaining());
  }

  /** Makes the answer to the complete request, and sends as much of it as the client accepts. */
  void answer(long nowNanos) throws IOException {
    boolean headersOnly = false;
    ScrapeAnswer answer;
    try {
      int end = headEnd();
      if (end == 0) {
        throw new BadRequestException(
            431, "The head of a request has at most " + MAX_HEAD_BYTES + " bytes.");
      }
      String head = new String(input.array(), 0, end, StandardCharsets.ISO_8859_1);
      ScrapeRequest request = ScrapeRequest.parse(head);
      last = request.last() || input.position() > end;
      headersOnly = request.method().equals("HEAD");
      answer = handler.answer(request);
    } catch (BadRequestException e) {
      last = true;
      answer = ScrapeAnswer.words(e.status(), e.getMessage());
    }
    input.clear();
    output = (headersOnly ? answer.headersOnly() : answer).bytes(Clock.systemUTC(), last);
    enter(State.ANSWERING, nowNanos);
    write(nowNanos);
  }

  /** Sends as much of the answer as the client accepts. */
  void write(long nowNanos) throws IOException {
    while (!output.isEmpty()) {
      channel.write(output.peek());
      if (output.peek().hasRemaining()) {
        return;
      }
      output.remove();
    }
    if (last) {
      channel.shutdownOutput();
    }
    enter(last ? State.DRAINING : State.IDLE, nowNanos);
  }

  private void enter(State next, long nowNanos) {
    state = next;
    sinceNanos = nowNanos;
    key.interestOps(next == State.ANSWERING ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  /**
   * Returns the position after the empty line that ends the head, or 0 if the head is incomplete.
   */
  private int headEnd() {
    byte[] bytes = input.array();
    for (int i = 1; i < input.position(); i++) {
      if (bytes[i] == '\n'
          && (bytes[i - 1] == '\n' || (i > 2 && bytes[i - 1] == '\r' && bytes[i - 2] == '\n'))) {
        return i + 1;
      }
    }
    return 0;
  }

  void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException ignored) {
      // The channel is not used again.
    }
  }
}
