package io.metricsagent.instrumentations.operations;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.tracing.TraceContext;
import java.util.concurrent.Future;

/**
 * One woven call under way. A frame belongs to the thread that made it until it is detached; frames
 * are used again, so none may be kept after its end.
 *
 * <p>{@link Kind#LLM} frames gather what is learnt about a request. An LLM frame inside another one
 * is the same operation seen by an inner layer: it hands what it learnt to its parent when it ends.
 */
public final class Frame {
  /** What a call is. */
  enum Kind {
    /** A request to a model. */
    LLM,
    /** One attempt on the wire within a request. */
    ATTEMPT,
    /** A layer above clients that may be measured themselves: {@link LlmLayerHandler}. */
    LAYER,
    /** A tool call. */
    TOOL,
    /** A library's loop of requests and tools, or one round of it. */
    LOOP,
    /** A request of a protocol, sent or received: {@link Exchange}. */
    EXCHANGE,
    /** A call of a mailbox. */
    MAILBOX
  }

  static final long UNKNOWN = -1;

  /** No frame has this number. */
  static final long NOT_COUNTED = 0;

  Kind kind;

  /**
   * How often this frame was begun: it tells one call from the next one in the same frame. Times
   * would not, because weaving moves them.
   */
  long number;

  /** Whether the frame was begun and has not ended. */
  boolean held;

  /** The number under which {@link ActiveRequests} counts it, or {@link #NOT_COUNTED}. */
  volatile long counted;

  /** The series in which it is counted as under way. */
  AdapterMetrics series;

  /** The call that encloses this one; {@code null} if there is none, or the frame is detached. */
  Frame parent;

  /** The outermost frame of the same operation: this one, unless it is nested. */
  Frame root;

  long startNanos;
  Object self;
  Object argument;

  // LLM
  String provider;
  String model;
  String answeringModel;
  long inputTokens;
  long outputTokens;
  long cachedTokens;
  boolean usageKnown;

  /**
   * Whether the operation goes on after the woven method returned; such a frame is not used again.
   */
  boolean detached;

  /** The trace that a detached frame began in, or null. */
  TraceContext trace;

  /** The response whose usage this one's includes, or null. */
  Object previous;

  /** Whether the operation has ended although the woven method goes on, such as with its tools. */
  boolean over;

  /** The stream that the operation ends with, in a layer that of the request within, or null. */
  OpenStream stream;

  /** The receiver of the inner layer that the stream is left to, or null. */
  Object delegate;

  /** The last request that ended within this one; made when there is the first, then kept. */
  InnerRequest inner;

  // Attempts, in the root of an operation
  int attempts;
  int throttles;
  long firstAttemptNanos;
  long lastAttemptEndNanos;
  long attemptsNanos;

  /**
   * Time that reading bodies took after the attempts had returned; part of {@link #attemptsNanos}.
   */
  long bodyNanos;

  // Tools, and requests to run one: the name. And what an inner layer threw although the outer one
  // returns normally
  String tool;
  Throwable innerFailure;

  /** What a tool call waits for, or null. */
  Future<?> answer;

  // Loops: who asked for the tools that run now, and when the first began and the last ended
  AdapterMetrics asker;
  long firstToolNanos;
  long lastToolNanos;

  // Mailboxes: whose calls within each other are one. And of layers: whether an inner one records
  SiteHandler owner;
  boolean recorded;

  Frame() {}

  /** Returns the receiver of the call. */
  public Object self() {
    return self;
  }

  /** Returns the argument of the call that its handler kept. */
  public Object argument() {
    return argument;
  }

  boolean isRoot() {
    return root == this;
  }

  /** Returns whether it is part of a request that has not ended, or of an attempt of one. */
  boolean isInOpenRequest() {
    return (kind == Kind.LLM || kind == Kind.ATTEMPT)
        && root != null
        && root.isRoot()
        && !root.over;
  }

  void begin(Kind newKind, Frame newParent, Frame newRoot, Object newSelf, Object newArgument) {
    number++;
    held = true;
    kind = newKind;
    parent = newParent;
    root = newRoot == null ? this : newRoot;
    self = newSelf;
    argument = newArgument;
    provider = null;
    model = null;
    answeringModel = null;
    inputTokens = UNKNOWN;
    outputTokens = UNKNOWN;
    cachedTokens = UNKNOWN;
    usageKnown = false;
    detached = false;
    trace = null;
    stream = null;
    delegate = null;
    previous = null;
    over = false;
    if (inner != null) {
      inner.clear();
    }
    attempts = 0;
    throttles = 0;
    firstAttemptNanos = 0;
    lastAttemptEndNanos = 0;
    attemptsNanos = 0;
    bodyNanos = 0;
    tool = null;
    innerFailure = null;
    answer = null;
    asker = null;
    firstToolNanos = 0;
    lastToolNanos = 0;
    owner = null;
    recorded = false;
    startNanos = System.nanoTime();
  }

  /**
   * Ends the call and lets go of the application's objects. A second end changes nothing.
   *
   * <p>A detached frame keeps its stream: the method that started it may ask for it after its end.
   */
  void end() {
    ActiveRequests.ended(this);
    parent = null;
    root = null;
    self = null;
    argument = null;
    delegate = null;
    previous = null;
    innerFailure = null;
    answer = null;
    if (!detached) {
      stream = null;
    }
    if (inner != null) {
      inner.clear();
    }
    held = false; // last: where the stack was exhausted before, the frame is ended again
  }

  /** Adds an attempt on the wire, in the root of an operation. */
  void attempted(long beginNanos, long endNanos) {
    if (firstAttemptNanos == 0) {
      firstAttemptNanos = beginNanos;
    }
    attempts++;
    attemptsNanos += endNanos - beginNanos;
    lastAttemptEndNanos = endNanos;
  }

  /** Takes out time that just passed: all that was before it moves nearer. */
  void leaveOut(long nanos) {
    startNanos += nanos;
    firstAttemptNanos = later(firstAttemptNanos, nanos);
    lastAttemptEndNanos = later(lastAttemptEndNanos, nanos);
    firstToolNanos = later(firstToolNanos, nanos);
    lastToolNanos = later(lastToolNanos, nanos);
    if (inner != null) {
      inner.leaveOut(nanos);
    }
  }

  static long later(long time, long nanos) {
    return time == 0 || time == UNKNOWN ? time : time + nanos;
  }

  /** Adds the tokens of an inner request. */
  void addUsage(long input, long output, long cached) {
    inputTokens = sum(inputTokens, input);
    outputTokens = sum(outputTokens, output);
    cachedTokens = sum(cachedTokens, cached);
    usageKnown |= input >= 0 || output >= 0;
  }

  private static long sum(long a, long b) {
    return b < 0 ? a : Math.max(0, a) + b;
  }
}
