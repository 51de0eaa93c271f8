package io.metricsagent.instrumentations.results;

/**
 * A call that goes on after its method has returned. The first of {@link #ended}, {@link #failed}
 * and {@link #cancelled} ends it; whatever comes later changes nothing. Thread-safe, except that
 * only one thread at a time passes pieces.
 */
public interface OpenCall {
  /** A piece of a streamed answer has arrived. */
  void piece(Object piece);

  /** The reader of a streamed answer has handled a piece, which took {@code nanos}. */
  void handled(long nanos);

  /**
   * The call has ended.
   *
   * @param value what a future or the like delivered, or the last piece of a stream; {@code null}
   *     if there is none, or it cannot be seen
   */
  void ended(Object value);

  /** The call has failed. */
  void failed(Throwable error);

  /** The application wants no more of the answer. */
  void cancelled();
}
