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
 * One connection, which reads a request, sends its answer, and begins anew or ends. It never waits:
 * each call does what can be done at that moment. Used by the server's thread.
 *
 * <p>A request with a body, or with another request right behind it, is the last of its connection.
 */
final class ScrapeConnection {
  private static final int MAX_HEAD_BYTES = 16 * 1024;

  /** What the connection waits for. */
  enum State {
    /** The rest of a request, or all of the first. */
    READING,
    /** Another request. */
    IDLE,
    /** A client that takes the answer. */
    ANSWERING,
    /**
     * The client's own end. To close a connection with something unread in it would take the answer
     * from a client that has not read it yet.
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
   * Returns when the connection came into its state; single bytes, read or sent, change nothing.
   */
  long sinceNanos() {
    return sinceNanos;
  }

  /**
   * Reads what has come, in any state but {@code ANSWERING}.
   *
   * @return whether a request is complete, or can never be
   * @throws IOException if the client is gone
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

  /** Makes the answer to the request that is complete, and sends what the client takes of it. */
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

  /** Sends what the client takes. */
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

  /** Returns where the head ends, which is behind its empty line, or 0 if it does not yet. */
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
      // No use is made of it again.
    }
  }
}
