package io.metricsagent.instrumentations.calls;

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
public final class Frame extends RequestFacts {
  /** What a call is. */
  public enum Kind {
    /** A request to a model. */
    LLM,
    /** One attempt on the wire within a request. */
    ATTEMPT,
    /** A layer above clients that may be measured themselves. */
    LAYER,
    /** A tool call. */
    TOOL,
    /** A library's loop of requests and tools, or one round of it. */
    LOOP,
    /** A request of a protocol, sent or received. */
    EXCHANGE,
    /** A call of a mailbox. */
    MAILBOX
  }

  /** No frame has this number. */
  static final long NOT_COUNTED = 0;

  public Kind kind;

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
  public Frame parent;

  /** The outermost frame of the same operation: this one, unless it is nested. */
  public Frame root;

  public Object self;
  public Object argument;

  // LLM
  public String answeringModel;

  /**
   * Whether the operation goes on after the woven method returned; such a frame is not used again.
   */
  public boolean detached;

  /** The trace that a detached frame began in, or null. */
  public TraceContext trace;

  /** The response whose usage this one's includes, or null. */
  public Object previous;

  /** Whether the operation has ended although the woven method goes on, such as with its tools. */
  public boolean over;

  /** The answer that the operation ends with, in a layer that of the request within, or null. */
  public OpenAnswer answering;

  /** The receiver of the inner layer that the stream is left to, or null. */
  public Object delegate;

  /** The last request that ended within this one; made when there is the first, then kept. */
  public InnerRequest inner;

  // Tools, and requests to run one: the name. And what an inner layer threw although the outer one
  // returns normally
  public String tool;
  public Throwable innerFailure;

  /** What a tool call waits for, or null. */
  public Future<?> answer;

  // Loops: who asked for the tools that run now, and when the first began and the last ended
  public AdapterMetrics asker;
  public long firstToolNanos;
  public long lastToolNanos;

  /** Hears of what begins and ends right within the call, or null. */
  public FrameListener listener;

  // Mailboxes: whose calls within each other are one. And of layers: whether an inner one records
  public SiteHandler owner;
  public boolean recorded;

  /** Makes a frame that is on no stack. */
  public Frame() {}

  /** Returns the receiver of the call. */
  public Object self() {
    return self;
  }

  /** Returns the argument of the call that its handler kept. */
  public Object argument() {
    return argument;
  }

  /** Returns whether this is the outermost frame of its operation, and has not ended. */
  public boolean isRoot() {
    return root == this;
  }

  /** Returns whether it is part of a request that has not ended, or of an attempt of one. */
  public boolean isInOpenRequest() {
    return (kind == Kind.LLM || kind == Kind.ATTEMPT)
        && root != null
        && root.isRoot()
        && !root.over;
  }

  /**
   * Begins a call: what was known of the one before is forgotten.
   *
   * @param newParent the call around it, or {@code null}
   * @param newRoot the operation that it belongs to, or {@code null} if it is one of its own
   */
  public void begin(
      Kind newKind, Frame newParent, Frame newRoot, Object newSelf, Object newArgument) {
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
    forgetTokens();
    detached = false;
    trace = null;
    answering = null;
    delegate = null;
    previous = null;
    over = false;
    if (inner != null) {
      inner.clear();
    }
    forgetAttempts();
    tool = null;
    innerFailure = null;
    answer = null;
    asker = null;
    firstToolNanos = 0;
    lastToolNanos = 0;
    owner = null;
    listener = null;
    recorded = false;
    startNanos = System.nanoTime();
  }

  /**
   * Ends the call and lets go of the application's objects. A second end changes nothing.
   *
   * <p>A detached frame keeps its answer: the method that started it may ask for it after its end.
   */
  public void end() {
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
      answering = null;
    }
    if (inner != null) {
      inner.clear();
    }
    held = false; // last: where the stack was exhausted before, the frame is ended again
  }

  /** A request begins right within this call. */
  public void requestBegan() {
    if (listener != null) {
      listener.requestBegan(this);
    }
  }

  /** The answer of a request right within this call is going to be read from {@code answer}. */
  public void answerBegan(OpenAnswer answer) {
    if (listener != null) {
      listener.answerBegan(this, answer);
    }
  }

  /** A tool call begins right within this call, on the thread of {@code stack}. */
  public void toolBegan(FrameStack stack) {
    if (listener != null) {
      listener.toolBegan(this, stack);
    }
  }

  /** A tool call right within this call ended at {@code nanos}. */
  public void toolEnded(long nanos) {
    if (listener != null) {
      listener.toolEnded(this, nanos);
    }
  }

  @Override
  void leaveOut(long nanos) {
    super.leaveOut(nanos);
    firstToolNanos = later(firstToolNanos, nanos);
    lastToolNanos = later(lastToolNanos, nanos);
    if (inner != null) {
      inner.leaveOut(nanos);
    }
  }

  /**
   * Hands what an inner layer learnt to its parent. Tokens of several inner requests add up; names
   * are those of the last one that succeeded.
   */
  public void handToParent(boolean succeeded) {
    parent.addUsage(inputTokens, outputTokens, cachedTokens);
    if (provider != null && (succeeded || parent.provider == null)) {
      parent.provider = provider;
    }
    if (model != null && (succeeded || parent.model == null)) {
      parent.model = model;
    }
    if (answeringModel != null) {
      parent.answeringModel = answeringModel;
    }
  }
}
