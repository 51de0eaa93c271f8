package io.metricsagent.instrumentations.tools;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.access.WatchedPublisher;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RunCarrier;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A method that returns a publisher that runs the tools of one answer, on any threads. The time
 * from the subscription to its end is the tool phase of the model that asked for the tools. The
 * library skips or refuses tools that do not exist; they are counted here. The rule must replace
 * the result.
 */
public final class ToolRoundHandler extends SiteHandler {
  /** Reads what the answer asks for. Stateless. */
  public interface Round {
    /** Returns the model that asked for the tools, or {@code null}. */
    String model(Object context);

    /** Returns how many tools the answer asks for. */
    int asked(Object answer);

    /** Returns how many of these tools do not exist. */
    int unknown(Object answer, Object tools);
  }

  private static final String CHAT = "chat";

  private final Round round;
  private final Registry registry;
  private final EventStream events;
  private final CallContexts contexts;

  /** Makes a handler of methods whose arguments are context, answer and tools. */
  public ToolRoundHandler(Round round, Telemetry telemetry) {
    this.round = round;
    this.registry = telemetry.registry();
    this.events = telemetry.events();
    this.contexts = telemetry.contexts();
  }

  @Override
  public Object enter(Object self, Object context, Object answer, Object tools) {
    int unknown = round.unknown(answer, tools);
    for (int i = 0; i < unknown; i++) {
      ToolEvents.unknown(events, FrameStack.current().run());
      registry
          .tool(ServedTools.UNKNOWN_TOOL, experiment())
          .recordFailure(0, ServedTools.NO_SUCH_TOOL);
    }
    String model = round.asked(answer) > unknown ? round.model(context) : null;
    return model == null ? null : registry.adapterOfModel(model, CHAT, experiment());
  }

  private String experiment() {
    String said = contexts.get(ContextField.EXPERIMENT);
    return registry.experiment(said == null ? FrameStack.current().experiment() : said);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    return result == null ? null : new Tools((AdapterMetrics) token, contexts).inFrontOf(result);
  }

  private static final class Tools extends WatchedPublisher {
    private final AdapterMetrics asker;
    private final CallContexts contexts;

    Tools(AdapterMetrics asker, CallContexts contexts) {
      this.asker = asker;
      this.contexts = contexts;
    }

    @Override
    protected Carrier carrier(Object subscriber) {
      return RunCarrier.of(FrameStack.current(), subscriber, contexts.get(ContextField.EXPERIMENT));
    }

    @Override
    protected Signals subscribing() {
      return new Phase(asker);
    }

    @Override
    protected void subscribed(Signals signals) {}
  }

  private static final class Phase implements WatchedPublisher.Signals {
    private final AdapterMetrics asker;
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();

    Phase(AdapterMetrics asker) {
      this.asker = asker;
    }

    private void end() {
      if (ended.compareAndSet(false, true)) {
        asker.recordTools(System.nanoTime() - startNanos);
      }
    }

    @Override
    public void next(Object results) {
      end();
    }

    @Override
    public void failed(Throwable error) {
      end();
    }

    @Override
    public void completed() {
      end();
    }

    @Override
    public void cancelled() {
      end();
    }
  }
}
