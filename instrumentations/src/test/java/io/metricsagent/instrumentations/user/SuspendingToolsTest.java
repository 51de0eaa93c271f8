package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.testing.Heard;
import io.metricsagent.instrumentations.testing.WovenApplication;
import io.metricsagent.instrumentations.user.model.ToolRule;
import java.util.ArrayList;
import java.util.List;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tools that are suspending functions, as the compiler of Kotlin makes them. */
class SuspendingToolsTest {
  private static final String HERE = SuspendingToolsTest.class.getName() + "$";

  /** Shared with the test. */
  public interface ToolsApi {
    /** Calls the tool; what it gives the continuation for resuming it comes first in the list. */
    Object call(String name, List<Continuation<Object>> states, Continuation<Object> caller);
  }

  /** The user's tools. */
  static final class Tools implements ToolsApi {
    @Override
    public Object call(
        String name, List<Continuation<Object>> states, Continuation<Object> caller) {
      return execute(name, 1L, 2.0, states, caller);
    }

    Object execute(
        String name,
        long number,
        double other,
        List<Continuation<Object>> states,
        Continuation<Object> continuation) {
      if (continuation instanceof State state && state.label < 0) {
        state.label &= Integer.MAX_VALUE;
        return state.result;
      }
      if (states == null) {
        return name;
      }
      State state = new State(this, continuation);
      states.add(state);
      state.label = 1;
      return IntrinsicsKt.getCOROUTINE_SUSPENDED();
    }
  }

  /** The state of the tool. */
  static final class State extends ContinuationImpl {
    private static final long serialVersionUID = 1;

    // The test's loader has no common nest for these classes.
    final transient Tools tools;
    transient Object result;
    int label;

    State(Tools tools, Continuation<Object> completion) {
      super(completion);
      this.tools = tools;
    }

    @Override
    protected Object invokeSuspend(Object newResult) {
      result = newResult;
      label |= Integer.MIN_VALUE;
      return tools.execute(null, 0, 0, null, this);
    }
  }

  /** The caller's continuation. */
  private static final class Caller implements Continuation<Object> {
    private final List<Object> resumed = new ArrayList<>();

    @Override
    public CoroutineContext getContext() {
      return EmptyCoroutineContext.INSTANCE;
    }

    @Override
    public void resumeWith(Object result) {
      resumed.add(result);
    }
  }

  private final Heard heard = new Heard();
  private final Caller caller = new Caller();

  private WovenApplication application(String name) {
    ToolRule rule = Rules.of(Tools.class, "execute").with("name", name).tool();
    return WovenApplication.with(HERE, heard, Rules.module(rule));
  }

  @AfterEach
  void close() {
    heard.stream().close();
  }

  private void assertBeginsAndEndsOnce(String name) throws Exception {
    ToolsApi tools = application(name).create(Tools.class, ToolsApi.class);
    List<Continuation<Object>> states = new ArrayList<>();
    Object suspended = tools.call("search", states, caller);
    assertThat(suspended).isSameAs(IntrinsicsKt.getCOROUTINE_SUSPENDED());
    assertThat(heard.kinds()).containsExactly(EventKind.TOOL_BEGAN);
    states.get(0).resumeWith("found");

    assertThat(caller.resumed).containsExactly("found");
    assertThat(heard.kinds()).containsExactly(EventKind.TOOL_BEGAN, EventKind.TOOL_ENDED);
    assertThat(heard.only(EventKind.TOOL_ENDED).operation())
        .isEqualTo(heard.only(EventKind.TOOL_BEGAN).operation());
    assertThat(heard.recorded().tool().toolName()).isEqualTo("search");
    assertThat(heard.recorded().tool().callCount()).isEqualTo(1);
  }

  @Test
  void beginAndEndOnceWhenTheyAreSuspended() throws Exception {
    assertBeginsAndEndsOnce("arg[0]");
  }

  @Test
  void beginAndEndOnceWhenAllArgumentsArePassed() throws Exception {
    ToolsApi tools = application("arg[3].size").create(Tools.class, ToolsApi.class);
    List<Continuation<Object>> states = new ArrayList<>();
    tools.call("search", states, caller);
    states.get(0).resumeWith("found");

    assertThat(heard.kinds()).containsExactly(EventKind.TOOL_BEGAN, EventKind.TOOL_ENDED);
    assertThat(heard.recorded().tool().toolName()).isEqualTo("0");
  }

  @Test
  void beginAndEndOnceWithoutBeingSuspended() throws Exception {
    ToolsApi tools = application("arg[0]").create(Tools.class, ToolsApi.class);

    assertThat(tools.call("search", null, caller)).isEqualTo("search");
    assertThat(caller.resumed).isEmpty();
    assertThat(heard.kinds()).containsExactly(EventKind.TOOL_BEGAN, EventKind.TOOL_ENDED);
  }
}
