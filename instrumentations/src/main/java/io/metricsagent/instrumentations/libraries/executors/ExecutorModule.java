package io.metricsagent.instrumentations.libraries.executors;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.Rule.forClass;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.List;

/**
 * {@code ThreadPoolExecutor}, which scheduled pools and the application's own subclasses extend.
 * The methods that are woven are those that a subclass cannot override, except {@code execute},
 * without which a task's time is not known.
 *
 * <p>The module is in no list of the build, because it is not made when a class is loaded: the
 * agent adds it at the start if the setting says so.
 */
public final class ExecutorModule extends RuleTable<PoolTracker> {
  /** The class whose methods are woven. */
  public static final String POOL = "java.util.concurrent.ThreadPoolExecutor";

  private static final String TASK = "java.lang.Runnable";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<PoolTracker> {
    EXECUTE(method("execute", "void", TASK)),
    NEW_THREAD(method("addWorker", "boolean", TASK, "boolean")),
    WORK(method("runWorker", "void", POOL + "$Worker")),
    TAKE(method("getTask", TASK)),
    REJECT(method("reject", "void", TASK));

    private final List<Rule> rules;

    Rules(MethodTarget method) {
      rules = List.of(forClass(POOL, method));
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public SiteHandler handler(Telemetry telemetry, PoolTracker tracker) {
      return switch (this) {
        case EXECUTE -> new ExecuteHandler(tracker);
        case NEW_THREAD -> new NewThreadHandler(tracker);
        case WORK -> new WorkHandler(tracker);
        case TAKE -> new TakeHandler(tracker);
        case REJECT -> new RejectHandler(tracker);
      };
    }
  }

  @Override
  public String name() {
    return "executors";
  }

  @Override
  public List<? extends Row<PoolTracker>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected PoolTracker shared(Telemetry telemetry) {
    return new PoolTracker(telemetry.registry(), System::nanoTime);
  }
}
