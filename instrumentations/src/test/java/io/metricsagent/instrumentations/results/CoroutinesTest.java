package io.metricsagent.instrumentations.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowKt;
import kotlinx.coroutines.flow.MutableStateFlow;
import kotlinx.coroutines.flow.StateFlowKt;
import org.junit.jupiter.api.Test;

/** Suspending functions and flows, as the compiler of Kotlin makes them; the library is real. */
class CoroutinesTest {
  private static final Object SUSPENDED = IntrinsicsKt.getCOROUTINE_SUSPENDED();

  /** The caller's continuation, which notes what it is resumed with. */
  private static final class Caller implements Continuation<Object> {
    private final List<Object> resumed = new ArrayList<>();

    @Override
    public CoroutineContext getContext() {
      return (CoroutineContext) Dispatchers.getUnconfined();
    }

    @Override
    public void resumeWith(Object result) {
      resumed.add(result);
    }
  }

  /** The state of a function that is suspended once. */
  private static final class State extends ContinuationImpl {
    private static final long serialVersionUID = 1;

    private int label;
    private boolean wasResumption;

    @SuppressWarnings("unchecked") // as the compiler does it
    State(Object completion) {
      super((Continuation<Object>) completion);
    }

    @Override
    protected Object invokeSuspend(Object result) {
      label |= Integer.MIN_VALUE;
      wasResumption = Coroutines.isResumption(this);
      label &= Integer.MAX_VALUE;
      return result;
    }
  }

  private final Followed call = new Followed();
  private final Caller caller = new Caller();

  private CallbackArgument argument(Object continuation) {
    return CallbackArgument.of(continuation, Continuation.class);
  }

  @Test
  void endWhenTheyAreResumed() {
    CallbackArgument argument = argument(caller);
    State state = new State(argument.watched(call));
    assertThat(argument.goesOn(SUSPENDED, null)).isTrue();
    assertThat(call.heard()).isEmpty();
    state.resumeWith("a");

    assertThat(call.heard()).containsExactly("ended a");
    assertThat(caller.resumed).containsExactly("a");
    assertThat(state.wasResumption).isTrue();
  }

  @Test
  void failWhenTheyAreResumedWithAFailure() {
    CallbackArgument argument = argument(caller);
    Continuation<?> given = (Continuation<?>) argument.watched(call);
    argument.goesOn(SUSPENDED, null);
    Object failure = kotlin.ResultKt.createFailure(new IllegalStateException());
    given.resumeWith(failure);

    assertThat(call.heard()).containsExactly("failed IllegalStateException");
    assertThat(caller.resumed).containsExactly(failure);
  }

  @Test
  void withoutBeingSuspendedResumeNobody() {
    CallbackArgument argument = argument(caller);
    argument.watched(call);

    assertThat(argument.goesOn("a", null)).isFalse();
    assertThat(caller.resumed).isEmpty();
    assertThat(call.heard()).isEmpty();
  }

  @Test
  void keepTheContextOfTheirCaller() {
    Object given = argument(caller).watched(call);

    assertThat(((Continuation<?>) given).getContext()).isSameAs(caller.getContext());
    assertThat(given).isInstanceOf(ContinuationImpl.class);
  }

  @Test
  void knowTheirCallWhenTheyGoOn() {
    State state = new State(argument(caller).watched(call));
    assertThat(argument(state).isResumption()).isFalse();
    state.label = Integer.MIN_VALUE + 1;

    CallbackArgument rest = argument(state);
    assertThat(rest.isResumption()).isTrue();
    assertThat(rest.resumed()).isSameAs(call);
    State ofCalled = new State(state);
    ofCalled.label = Integer.MIN_VALUE + 1;
    assertThat(argument(ofCalled).resumed()).isSameAs(call);
    State ofNobody = new State(caller);
    ofNobody.label = Integer.MIN_VALUE + 1;
    assertThat(argument(ofNobody).resumed()).isNull();
  }

  @Test
  void ofAFlowAreACallForEachCollector() {
    Flow<String> flow = call.follow(FlowKt.flowOf("a", "b"), Flow.class);
    List<Object> collected = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Object result =
          flow.collect(
              (value, continuation) -> {
                collected.add(value);
                return Unit.INSTANCE;
              },
              unit(caller));
      assertThat(result).isSameAs(Unit.INSTANCE);
    }

    assertThat(collected).containsExactly("a", "b", "a", "b");
    assertThat(call.heard())
        .containsExactly(
            "waits", "begins", "piece a", "piece b", "begun", "ended b", "begins", "piece a",
            "piece b", "begun", "ended b");
  }

  @Test
  void ofAFlowFailWithItsCollector() {
    Flow<String> flow = call.follow(FlowKt.flowOf("a"), Flow.class);
    try {
      flow.collect(
          (value, continuation) -> {
            throw new IllegalStateException();
          },
          unit(caller));
    } catch (IllegalStateException e) {
      assertThat(call.heard()).contains("failed IllegalStateException");
      return;
    }
    throw new AssertionError("did not fail");
  }

  @Test
  void ofASharedFlowAreLeftAlone() {
    MutableStateFlow<String> state = StateFlowKt.MutableStateFlow("idle");

    assertThat(ResultFamily.of(state)).isNull();
  }

  @SuppressWarnings("unchecked") // nobody reads the result
  private static Continuation<Unit> unit(Caller caller) {
    return (Continuation<Unit>) (Continuation<?>) caller;
  }
}
