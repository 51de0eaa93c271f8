package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.StreamedContent;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.tracing.TraceContext;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request to a model, or one layer of it. A request frame inside another one is the same
 * operation seen by an inner layer: its root is the outermost frame, and it hands its facts to its
 * parent when it ends.
 *
 * <p>The class has many fields because a request allocates no other object, and it is long because
 * each of them has a method that says what it is for.
 */
public final class RequestFrame extends Frame {
  private final RequestFacts facts = new RequestFacts();
  private RequestFrame root;
  private Object argument;

  /** What the end of the call needs of its arguments, or {@code null}. */
  private Object kept;

  /** The trace that a detached request began in, or {@code null}. */
  private TraceContext trace;

  /** The earlier response whose tokens this request's answer includes, or {@code null}. */
  private Object previous;

  /** Whether the request has ended although its woven method goes on, for example with tools. */
  private boolean over;

  /** The answer with which the request ends after its method has returned, or {@code null}. */
  private OpenAnswer answer;

  /** The handler that watches the answer, or {@code null}. */
  private SiteHandler watcher;

  /** The receiver of the inner layer that took over the answer, or {@code null}. */
  private Object delegate;

  /**
   * The last request that ended within this one; created for the first such request, then reused.
   */
  private InnerRequest inner;

  /** The argument that has the prompt; {@code null} unless content is on. */
  private Object prompt;

  /** The pieces of a streamed answer; {@code null} unless content is on. */
  private StreamedContent streamed;

  /** Takes the events of the request; {@code null} if nobody wants them. */
  private EventStream events;

  /** How many pieces of a streamed answer have arrived. */
  private int pieces;

  /** The id of the application's own request in which this one began, or {@code null}. */
  private String requestId;

  /** The number of the request in its events; 0 until its first event. */
  private long operation;

  /**
   * The series that counts the request as under way, until {@link ActiveRequests} takes the request
   * out of the count.
   */
  volatile AtomicReference<AdapterMetrics> counted;

  RequestFrame(FrameStack stack) {
    super(stack);
  }

  /**
   * Returns the frame of a request that begins now, belongs to no other request and is on no stack.
   *
   * @param nanosBefore time that already belongs to the request: its start is set this long ago
   */
  public static RequestFrame apart(Object self, Object argument, long nanosBefore) {
    RequestFrame request = new RequestFrame(null);
    request.begin(System.nanoTime() - nanosBefore, null, null, self, argument);
    return request;
  }

  void begin(long now, Frame newParent, RequestFrame newRoot, Object newSelf, Object newArgument) {
    ready();
    root = newRoot == null ? this : newRoot;
    argument = newArgument;
    over = false;
    operation = 0;
    pieces = 0;
    if (events != null) {
      events = null;
    }
    if (requestId != null) {
      requestId = null;
    }
    facts.forget();
    hold(now, newParent, newSelf);
  }

  /** Sends the events of the request, if this is its outermost frame, to {@code newEvents}. */
  public void tells(EventStream newEvents) {
    events = newEvents;
  }

  /** Sets the argument that has the prompt; called only if content is on. */
  public void asks(Object newPrompt) {
    fill();
    prompt = newPrompt;
  }

  /** Returns the argument that has the prompt; {@code null} unless content is on. */
  public Object prompt() {
    return prompt;
  }

  /** Returns whether prompts and answers are wanted. */
  public boolean hasContent() {
    return events != null && events.hasContent();
  }

  /** Sets the pieces of a streamed answer; called only if content is on. */
  public void answers(StreamedContent newStreamed) {
    fill();
    streamed = newStreamed;
  }

  /** Returns the pieces of a streamed answer; {@code null} unless content is on. */
  StreamedContent streamed() {
    return streamed;
  }

  /** Returns whether somebody may want the events of the request. */
  public boolean hasEvents() {
    return events != null;
  }

  EventStream events() {
    return events;
  }

  long operation() {
    return operation;
  }

  /** Returns how many pieces of the answer have arrived. */
  int pieces() {
    return pieces;
  }

  /** Sets how many pieces of the answer have arrived. */
  public void hasPieces(int newPieces) {
    pieces = newPieces;
  }

  /** Sets the id of the application's own request; only a request outside of every run has it. */
  public void isWithin(String newRequestId) {
    requestId = newRequestId;
  }

  /** Returns the id of the application's own request, or {@code null}. */
  String requestId() {
    return requestId;
  }

  /** What is said of a layer is said of the request. */
  @Override
  public void says(ContextField field, String value) {
    if (root != null && root != this) {
      root.says(field, value);
    } else if (field == ContextField.REQUEST_ID && run() == null && value != null) {
      requestId = value;
    } else {
      super.says(field, value);
    }
  }

  void number(long newOperation) {
    operation = newOperation;
  }

  /** Returns the facts that this layer has collected. */
  public RequestFacts facts() {
    return facts;
  }

  /** Returns the attempts of the request, which the outermost frame counts. */
  public Attempts attempts() {
    RequestFrame outermost = root == null ? this : root;
    return outermost.facts.attempts();
  }

  /** Keeps what the end of the call needs of its arguments; {@code null} if nothing. */
  public void keepForEnd(Object newKept) {
    if (newKept != null) {
      fill();
      kept = newKept;
    }
  }

  /** Returns what the end of the call needs of its arguments, or {@code null}. */
  public Object keptForEnd() {
    return kept;
  }

  /** Returns the argument that the handler kept. */
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
   * Lets the request go on after its method has returned, and end on any thread.
   *
   * @param newTrace the trace that the request began in, or {@code null}
   */
  public void detach(TraceContext newTrace) {
    detach();
    trace = newTrace;
  }

  /**
   * Notes that the tokens of the answer will include those of {@code response}, which may be {@code
   * null}.
   */
  public void follows(Object response) {
    fill();
    previous = response;
  }

  /** Returns the earlier response whose tokens this request's answer includes, or {@code null}. */
  public Object previous() {
    return previous;
  }

  /**
   * Notes that the request ends when {@code newAnswer} ends.
   *
   * @param newWatcher the handler that watches the answer, or {@code null} if that does not matter
   */
  public void endsWith(OpenAnswer newAnswer, SiteHandler newWatcher) {
    fill();
    answer = newAnswer;
    watcher = newWatcher;
  }

  /**
   * Returns the answer with which the request, or this layer of it, ends; {@code null} if there is
   * none.
   */
  public OpenAnswer answer() {
    return answer;
  }

  /** Returns whether {@code handler} watches the answer of this frame. */
  public boolean isWatchedBy(SiteHandler handler) {
    return watcher == handler;
  }

  /**
   * Leaves the answer of the request to this inner layer, if its receiver differs from that of the
   * layer around it. A router may go on to a second model after the first one has failed, on any
   * thread.
   *
   * @return the answer, which now ends when this layer ends, or {@code null}
   */
  public OpenAnswer takeAnswer() {
    if (root.answer == null || !(parent instanceof RequestFrame outer) || outer.self() == self()) {
      return null;
    }
    root.fill();
    root.delegate = self();
    return root.answer;
  }

  /**
   * Returns whether an object other than these two took over the answer: then a call from one of
   * them to the other is not part of the request.
   */
  public boolean isLeftToAnother(Object caller, Object callee) {
    return delegate != null && caller != delegate && callee != delegate;
  }

  /** Returns the last request that ended within this one; {@code null} if no request ever did. */
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
   * Another request begins directly within this one: the inner request that ended last takes the
   * tokens and attempts counted so far.
   */
  public void anotherBegins() {
    if (inner != null) {
      inner.anotherBegins(this);
    }
  }

  /** Sets the start of a request that began before its frame. */
  public void beginsAt(long nanos) {
    startAt(nanos);
  }

  /**
   * Makes this frame a layer of a request that was suspended and goes on now.
   *
   * @param resumed the outermost frame of that request; {@code null} if nobody follows it, and this
   *     frame is part of no request
   */
  public void joins(RequestFrame resumed) {
    root = resumed;
  }

  /** Sets the start of the request to {@code nanos} and forgets the names learnt before. */
  public void beginsAgainAt(long nanos) {
    facts.forgetNames();
    root.startAt(nanos);
  }

  /**
   * Returns the next outer layer of the request; {@code null} for the root, and if that layer is on
   * another thread.
   */
  public RequestFrame layerAround() {
    Frame around = isRoot() ? null : parent;
    while (around instanceof AttemptFrame) {
      around = around.parent;
    }
    return around instanceof RequestFrame layer ? layer : null;
  }

  /**
   * Hands the facts of this layer to an outer layer.
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
    facts.leaveOut(nanos);
    if (inner != null) {
      inner.leaveOut(nanos);
    }
  }

  @Override
  void letGo() {
    ActiveRequests.ended(this);
    root = null;
    argument = null;
    if (inner != null) {
      inner.clear();
    }
  }

  /**
   * A detached frame keeps its answer, because the method that began the frame may ask for the
   * answer after the frame's end.
   */
  @Override
  void empty() {
    kept = null;
    prompt = null;
    streamed = null;
    delegate = null;
    previous = null;
    if (!isDetached()) {
      answer = null;
      watcher = null;
    }
  }
}
