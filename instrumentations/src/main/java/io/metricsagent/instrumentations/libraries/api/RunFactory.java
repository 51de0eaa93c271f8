package io.metricsagent.instrumentations.libraries.api;

import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import java.lang.reflect.Method;

/** The handler of the object with which an application begins runs. Thread-safe. */
final class RunFactory extends StandIn {
  private static final String UNNAMED = "unnamed";

  private final EventStream events;

  /**
   * Makes the handler.
   *
   * @param nothing the object that does nothing, which makes runs that do nothing
   */
  RunFactory(Object nothing, EventStream events) {
    super(nothing);
    this.events = events;
  }

  /** The default method of the interface calls the other one on the stand-in. */
  @Override
  protected boolean keepsDefaults() {
    return true;
  }

  @Override
  protected Call around(Method method) {
    return switch (method.getName()) {
      case "begin" -> new Begin();
      case "current" -> new Current();
      default -> null;
    };
  }

  /** A run begins, unless the thread works for one already. */
  private final class Begin implements Call {
    private String scenario;
    private String conversation;

    @Override
    public void before(Object[] args) {
      scenario = args[0] == null || args[0].toString().isBlank() ? UNNAMED : (String) args[0];
      conversation = (String) args[1];
    }

    @Override
    public Object after(Object nothing, Throwable thrown) {
      FrameStack stack = FrameStack.current();
      Run around = stack.run();
      if (around != null) {
        return new RunHandle(nothing, events, around, null).as("AgentRun");
      }
      Run run = events.newRun(scenario, conversation);
      Object handle = new RunHandle(nothing, events, run, stack).as("AgentRun");
      events.began(run);
      stack.adopt(run);
      return handle;
    }
  }

  /** The run under way. */
  private final class Current implements Call {
    @Override
    public void before(Object[] args) {
      // There are no arguments.
    }

    @Override
    public Object after(Object nothing, Throwable thrown) {
      Run run = FrameStack.current().run();
      return run == null ? nothing : new RunHandle(nothing, events, run, null).as("AgentRun");
    }
  }
}
