package io.metricsagent.instrumentations.events;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One event, in a slot that is used again for later events. Consumers use the getters, during
 * {@link EventConsumer#accept} only. The methods that set something are for the code that feeds the
 * stream, between {@link EventStream#event} and {@link EventStream#publish}.
 *
 * <p>A number that is not known, or that the kind does not have, is {@link #UNKNOWN}; an object is
 * {@code null}. {@link EventKind} says what each kind has.
 *
 * <p>The class has many fields because an event of any kind must fit into a slot that exists
 * already: an event allocates nothing. It is long because each field has a getter with its unit.
 */
public final class CallEvent {
  /** A number that is not known. */
  public static final long UNKNOWN = -1;

  private static final VarHandle SEQUENCE;

  static {
    try {
      SEQUENCE = MethodHandles.lookup().findVarHandle(CallEvent.class, "sequence", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** What the monotonic clock's time and the nanoseconds since 1970 differ by. */
  private final long nanosToEpoch;

  /** The position for which the slot is free; one more once the event of that position is whole. */
  private long sequence;

  private EventKind kind;
  private Run run;
  private long operation;
  private long nanos;
  private String provider;
  private String model;
  private String operationName;
  private String tool;
  private long durationNanos;
  private long firstPieceNanos;
  private long inputTokens;
  private long outputTokens;
  private long cachedTokens;
  private int pieces;
  private int attempts;
  private boolean throttled;
  private String errorType;
  private Throwable thrown;
  private String traceId;
  private String spanId;
  private String name;
  private Object data;
  private Object content;
  private String experiment;
  private String requestId;

  CallEvent(long position, long nanosToEpoch) {
    this.sequence = position;
    this.nanosToEpoch = nanosToEpoch;
    clear();
  }

  // The ring's side.

  boolean isFreeFor(long position) {
    return (long) SEQUENCE.getAcquire(this) == position;
  }

  boolean isWholeAt(long position) {
    return (long) SEQUENCE.getAcquire(this) == position + 1;
  }

  long position() {
    return sequence;
  }

  void whole() {
    SEQUENCE.setRelease(this, sequence + 1);
  }

  void freeFor(long position) {
    clear();
    SEQUENCE.setRelease(this, position);
  }

  void clear() {
    kind = null;
    run = null;
    operation = 0;
    nanos = 0;
    provider = null;
    model = null;
    operationName = null;
    tool = null;
    durationNanos = UNKNOWN;
    firstPieceNanos = UNKNOWN;
    inputTokens = UNKNOWN;
    outputTokens = UNKNOWN;
    cachedTokens = UNKNOWN;
    pieces = 0;
    attempts = 0;
    throttled = false;
    errorType = null;
    thrown = null;
    traceId = null;
    spanId = null;
    name = null;
    data = null;
    content = null;
    experiment = null;
    requestId = null;
  }

  void is(EventKind newKind, Run newRun, long newOperation, long newNanos) {
    kind = newKind;
    run = newRun;
    operation = newOperation;
    nanos = newNanos;
  }

  void belongsTo(Run newRun) {
    run = newRun;
  }

  // The feeding side. Each method returns this object.

  /** Sets what is asked of whom; each may be {@code null}. */
  public CallEvent asks(String newProvider, String newModel, String newOperationName) {
    provider = newProvider;
    model = newModel;
    operationName = newOperationName;
    return this;
  }

  /** Sets the name of the tool. */
  public CallEvent ofTool(String newTool) {
    tool = newTool;
    return this;
  }

  /** Sets the duration in nanoseconds. */
  public CallEvent took(long newDurationNanos) {
    durationNanos = newDurationNanos;
    return this;
  }

  /** Sets the time from the beginning to the first piece, in nanoseconds or {@link #UNKNOWN}. */
  public CallEvent firstPieceAfter(long newFirstPieceNanos) {
    firstPieceNanos = newFirstPieceNanos;
    return this;
  }

  /** Sets the tokens; each count may be {@link #UNKNOWN}. */
  public CallEvent counted(long input, long output, long cached) {
    inputTokens = input;
    outputTokens = output;
    cachedTokens = cached;
    return this;
  }

  /** Sets the number of pieces. */
  public CallEvent inPieces(int newPieces) {
    pieces = newPieces;
    return this;
  }

  /** Sets the number of attempts on the wire, and whether one of them was refused as too many. */
  public CallEvent attempted(int newAttempts, boolean newThrottled) {
    attempts = newAttempts;
    throttled = newThrottled;
    return this;
  }

  /**
   * Sets the outcome.
   *
   * @param newErrorType {@code error.type}, {@link Run#CANCELLED}, or {@code null} for success
   * @param newThrown the exception, if there is one
   */
  public CallEvent ended(String newErrorType, Throwable newThrown) {
    errorType = newErrorType;
    thrown = newThrown;
    return this;
  }

  /** Sets the span that the call was part of, by 32 and 16 hexadecimal digits. */
  public CallEvent within(String newTraceId, String newSpanId) {
    traceId = newTraceId;
    spanId = newSpanId;
    return this;
  }

  /** Sets the name and the data of an event of the application. */
  public CallEvent says(String newName, Object newData) {
    name = newName;
    data = newData;
    return this;
  }

  /** Sets the content; only allowed if {@link EventStream#hasContent}. */
  public CallEvent with(Object newContent) {
    content = newContent;
    return this;
  }

  /** Sets what the beginning of a request says that it is for; each may be {@code null}. */
  public CallEvent isFor(String newExperiment, String newRequestId) {
    experiment = newExperiment;
    requestId = newRequestId;
    return this;
  }

  // The consumers' side.

  /** Returns what the event says; never {@code null}. */
  public EventKind kind() {
    return kind;
  }

  /**
   * Returns the run that the event belongs to. In {@link EventConsumer#accept} it is never {@code
   * null}: what happens outside of every other run belongs to the run of the process ({@link
   * Run#isProcess}).
   */
  public Run run() {
    return run;
  }

  /**
   * Returns a number that all events of one request, or of one tool call, have in common and no
   * other request or call has; 0 for events of runs and of the application.
   */
  public long operation() {
    return operation;
  }

  /** Returns when it happened, by {@link System#nanoTime}. */
  public long nanos() {
    return nanos;
  }

  /**
   * Returns when it happened, in nanoseconds since 1970. The monotonic clock is compared with the
   * wall clock once in the life of the process, so the order of two events is always right.
   */
  public long epochNanos() {
    return nanos + nanosToEpoch;
  }

  /** Returns {@link #epochNanos} in whole milliseconds. */
  public long epochMillis() {
    return epochNanos() / 1_000_000;
  }

  /** Returns {@code gen_ai.provider.name}, or {@code null}. */
  public String provider() {
    return provider;
  }

  /**
   * Returns the requested model, or the answering one if no model was requested, or {@code null}.
   */
  public String model() {
    return model;
  }

  /** Returns {@code gen_ai.operation.name}, such as {@code chat}; {@code null} if not known. */
  public String operationName() {
    return operationName;
  }

  /** Returns the name of the tool, or {@code null}. */
  public String tool() {
    return tool;
  }

  /** Returns how long it took, in nanoseconds. */
  public long durationNanos() {
    return durationNanos;
  }

  /**
   * Returns the time from the beginning of the request to its first piece, in nanoseconds; of a
   * run, to its first iteration.
   */
  public long firstPieceNanos() {
    return firstPieceNanos;
  }

  /** Returns the tokens of the question, including cached ones where the provider counts so. */
  public long inputTokens() {
    return inputTokens;
  }

  /** Returns the tokens of the answer. */
  public long outputTokens() {
    return outputTokens;
  }

  /** Returns the tokens of the question that came from the provider's cache. */
  public long cachedTokens() {
    return cachedTokens;
  }

  /** Returns the number of pieces; 0 for an answer that was not streamed. */
  public int pieces() {
    return pieces;
  }

  /** Returns how many attempts on the wire a request had; 0 if the library does not show them. */
  public int attempts() {
    return attempts;
  }

  /** Returns whether it failed. What the application cancelled has not failed. */
  public boolean failed() {
    return errorType != null && !cancelled();
  }

  /** Returns whether the application stopped it before its end. */
  public boolean cancelled() {
    return Run.CANCELLED.equals(errorType);
  }

  /** Returns whether the server refused an attempt because it receives too many requests. */
  public boolean throttled() {
    return throttled;
  }

  /**
   * Returns {@code error.type}: the class of the exception, a status, or {@link Run#CANCELLED};
   * {@code null} after a success.
   */
  public String errorType() {
    return errorType;
  }

  /**
   * Returns the exception, or {@code null} if there was none. Its message may quote a prompt: a
   * consumer may compare it with phrases, and must not keep it while content is off.
   */
  public Throwable thrown() {
    return thrown;
  }

  /**
   * Returns the content: of a beginning what was asked, of an end the answer or result, as the
   * library's object; {@code null} unless content is on.
   */
  public Object content() {
    return content;
  }

  /**
   * Returns the trace that the call was part of, as 32 hexadecimal digits; {@code null} if the
   * application has no tracing or the filter of exemplars does not let the span pass. Ends of
   * requests and tool calls have it.
   */
  public String traceId() {
    return traceId;
  }

  /** Returns the span that the call was part of, as 16 hexadecimal digits, or {@code null}. */
  public String spanId() {
    return spanId;
  }

  /**
   * Returns the experiment that a request is part of, as the application has said it when the
   * request began; {@code null} in other events.
   */
  public String experiment() {
    return experiment;
  }

  /**
   * Returns the id of the request of the application's own in which a request to a model began that
   * belongs to no run; {@code null} if none was said, and in other events.
   */
  public String requestId() {
    return requestId;
  }

  /** Returns the name of an event of the application, or {@code null}. */
  public String name() {
    return name;
  }

  /** Returns the data of an event of the application, usually a map; may be {@code null}. */
  public Object data() {
    return data;
  }
}
