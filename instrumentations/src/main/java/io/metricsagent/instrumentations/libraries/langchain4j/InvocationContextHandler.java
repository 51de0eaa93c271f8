package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RunContexts;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the method that makes an {@code InvocationContext}, which LangChain4j passes to the tools
 * of an invocation on all threads. It has the library's ids of the invocation and of the memory.
 */
final class InvocationContextHandler extends SiteHandler {
  private static final Accessor INVOCATION = Accessor.path("invocationId()");
  private static final Accessor MEMORY = Accessor.path("chatMemoryId()");

  /** The memory id of services whose methods have no parameter for one. */
  private static final String NO_MEMORY_ID = "default";

  /** Returns the run as the token. */
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return FrameStack.current().run();
  }

  @Override
  public Object exit(Object token, Object context, Throwable thrown) {
    if (context != null) {
      Run run = (Run) token;
      RunContexts.put(context, run);
      Object id = INVOCATION.read(context);
      if (id != null) {
        run.identify(id.toString());
      }
      Object memory = MEMORY.read(context);
      if (memory != null && !NO_MEMORY_ID.equals(memory)) {
        run.isPartOf(memory.toString());
      }
    }
    return context;
  }
}
