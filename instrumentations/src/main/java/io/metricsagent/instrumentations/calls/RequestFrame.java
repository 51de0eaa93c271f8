package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.tracing.TraceContext;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request to a model, or one layer of it. A request frame inside another one is the same
 * operation seen by an inner layer: it has the outermost frame as its root, and hands what it
 * learnt to its parent when it ends.
 */
public final class RequestFrame extends Frame {
  private final RequestFacts facts = new RequestFacts();
  private RequestFrame root;
  private Object argument;

  /** The trace that a detached request began in, or {@code null}. */
  private TraceContext trace;

  /** The response whose tokens those of this one include, or {@code null}. */
  private Object previous;

  /** Whether the request has ended although its woven method goes on, such as with tools. */
  private boolean over;

  /** The answer that the request ends with after its method returned, or {@code null}. */
  private OpenAnswer answer;

  /** The handler that watches the answer, or {@code null}. */
  private SiteHandler watcher;

  /** The receiver of the inner layer that the answer is left to, or {@code null}. */
  private Object delegate;

  /** The last request that ended within this one; made for the first of them, then used again. */
  private InnerRequest inner;

  /** The series that counts the request as under way; see {@link ActiveRequests}. */
  volatile AtomicReference<AdapterMetrics> counted;

  RequestFrame(FrameStack stack) {
    super(stack);
  }

  /**
   * Returns the frame of a request of its own that begins now and is on no stack.
   *
   * @param nanosBefore how long the request took before
   */
  public static RequestFrame apart(Object self, Object argument, long nanosBefore) {
    RequestFrame request = new RequestFrame(null);
    request.begin(null, null, self, argument);
    request.startAt(request.startNanos() - nanosBefore);
    return request;
  }

  void begin(Frame newParent, RequestFrame newRoot, Object newSelf, Object newArgument) {
    root = newRoot == null ? this : newRoot;
    argument = newArgument;
    over = false;
    facts.forget();
    hold(newParent, newSelf);
  }

  /** Returns what is learnt of the request in this layer. */
  public RequestFacts facts() {
    return facts;
  }

  /** Returns the attempts of the request, which its outermost frame has. */
  public Attempts attempts() {
    RequestFrame outermost = root == null ? this : root;
    return outermost.facts.attempts();
  }

  /** Returns the argument of the call that its handler kept. */
  public Object argument() {
    return argument;
  }

  /** Returns the outermost frame of the request; {@code null} after the end of this frame. */
  public RequestFrame root() {
    return root;
  }

  /** Returns whether this is the outermost frame of the request, and has not ended. */
  public boolean isRoot() {
    return root == this;
  }

  /** Returns whether the request that this frame belongs to has not ended. */
  public boolean isOpen() {
    return root != null && root.isRoot() && !root.over;
  }

  @Override
  public RequestFrame openRequest() {
    return isOpen() ? root : null;
  }

  /** Returns whether the request has ended although its woven method goes on. */
  public boolean isOver() {
    return over;
  }

  /** The request ends although its woven method goes on. */
  public void over() {
    over = true;
  }

  /** Returns the trace that a detached request began in, or {@code null}. */
  public TraceContext trace() {
    return trace;
  }

  /**
   * Lets the request go on after its method returned, and end on any thread.
   *
   * @param newTrace the trace that it began in, or {@code null}
   */
  public void detach(TraceContext newTrace) {
    detach();
    trace = newTrace;
  }

  /** The tokens of the answer will include those of {@code response}, which may be {@code null}. */
  public void follows(Object response) {
    previous = response;
  }

  /** Returns the response whose tokens those of this one include, or {@code null}. */
  public Object previous() {
    return previous;
  }

  /**
   * The request ends with {@code newAnswer}.
   *
   * @param newWatcher the handler that watches the answer, or {@code null} if that does not matter
   */
  public void endsWith(OpenAnswer newAnswer, SiteHandler newWatcher) {
    answer = newAnswer;
    watcher = newWatcher;
  }

  /** Returns the answer that the request, or this layer of it, ends with; or {@code null}. */
  public OpenAnswer answer() {
    return answer;
  }

  /** Returns whether {@code handler} watches the answer of this frame. */
  public boolean isWatchedBy(SiteHandler handler) {
    return watcher == handler;
  }

  /**
   * Leaves the answer of the request to this inner layer, if that is another object than the layer
   * around it: a router may go on to a second model where the first has failed, and on any thread.
   *
   * @return the answer, which ends as this layer does, or {@code null}
   */
  public OpenAnswer takeAnswer() {
    if (root.answer == null || !(parent instanceof RequestFrame outer) || outer.self() == self()) {
      return null;
    }
    root.delegate = self();
    return root.answer;
  }

  /**
   * Returns whether the answer of the request is left to another object than these two: then a call
   * of one by the other has no part in the request.
   */
  public boolean isLeftToAnother(Object caller, Object callee) {
    return delegate != null && caller != delegate && callee != delegate;
  }

  /** Returns the last request that ended within this one; {@code null} if none ever did. */
  public InnerRequest inner() {
    return inner;
  }

  /** Returns the place to remember a request that ended within this one. */
  public InnerRequest innerOrNew() {
    if (inner == null) {
      inner = new InnerRequest();
    }
    return inner;
  }

  /**
   * Another request begins right within this one: the last one that ended there takes what is known
   * so far.
   */
  public void anotherBegins() {
    if (inner != null) {
      inner.anotherBegins(this);
    }
  }

  /** The request turns out to have begun at {@code nanos}; what was before is forgotten. */
  public void beginsAgainAt(long nanos) {
    facts.forgetNames();
    root.startAt(nanos);
  }

  /**
   * Returns the next outer layer of the request; {@code null} for its root, and where that layer is
   * on another thread.
   */
  public RequestFrame layerAround() {
    Frame around = isRoot() ? null : parent;
    while (around instanceof AttemptFrame) {
      around = around.parent;
    }
    return around instanceof RequestFrame layer ? layer : null;
  }

  /**
   * Hands what this layer learnt to an outer one.
   *
   * @param outer {@code null} if there is none on this thread
   * @param succeeded whether this layer ended without an error
   */
  public void handTo(RequestFrame outer, boolean succeeded) {
    if (outer != null) {
      facts.handTo(outer.facts, succeeded);
    }
  }

  @Override
  void leaveOut(long nanos) {
    super.leaveOut(nanos);
    facts.attempts().leaveOut(nanos);
    if (inner != null) {
      inner.leaveOut(nanos);
    }
  }

  /** A detached frame keeps its answer: the method that began it may ask for it after its end. */
  @Override
  void letGo() {
    ActiveRequests.ended(this);
    root = null;
    argument = null;
    delegate = null;
    previous = null;
    if (!isDetached()) {
      answer = null;
      watcher = null;
    }
    if (inner != null) {
      inner.clear();
    }
  }
}
