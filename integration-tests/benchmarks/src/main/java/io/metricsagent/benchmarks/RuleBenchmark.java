package io.metricsagent.benchmarks;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.llm.LlmPaths;
import io.metricsagent.instrumentations.llm.UsagePaths;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolPaths;
import io.metricsagent.instrumentations.user.UserModule;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.Origin;
import io.metricsagent.instrumentations.user.model.TargetType;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.model.UserRules;
import io.metricsagent.instrumentations.user.values.Expression;
import io.metricsagent.instrumentations.user.values.ExpressionException;
import io.metricsagent.instrumentations.user.values.ExpressionParser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The same adapter and the same tool, measured by a rule of the user's and by a built-in rule that
 * read the same values, and an adapter by a rule with all expressions that there are. Handlers are
 * called as woven code calls them; the clock is read by all.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RuleBenchmark {
  /** What is asked. */
  public record Request(String model, String experiment) {}

  /** What an answer costs. */
  public record Usage(int inputTokens, int outputTokens, int cachedTokens) {}

  /** What is answered. */
  public record Answer(Usage usage, boolean ok, boolean failed, String errorCode) {}

  /** A client. */
  public static final class Client {
    /** Names the provider. */
    public String provider() {
      return "acme";
    }
  }

  private final Client client = new Client();
  private final Request request = new Request("large", "baseline");
  private final Answer answer = new Answer(new Usage(100, 20, 10), true, false, null);
  private final Telemetry telemetry = new Telemetry(Registries.empty());
  private final SiteHandler builtInAdapter = pathsOfAdapter();
  private final SiteHandler builtInTool =
      new ToolCallHandler(ToolPaths.nameAt("model()").failureAt("failed()"), telemetry);
  private final SiteHandler userAdapter = handler(List.of(adapter(false)), List.of());
  private final SiteHandler userAdapterWithAll = handler(List.of(adapter(true)), List.of());
  private final SiteHandler userTool = handler(List.of(), List.of(tool()));

  private SiteHandler pathsOfAdapter() {
    Accessor provider = Accessor.path("provider()");
    UsagePaths usage =
        new UsagePaths(
            "usage()", List.of("inputTokens()"), List.of("outputTokens()"), "cachedTokens()");
    return new LlmCallHandler(
        LlmPaths.of("chat", provider::readString, usage).requestModelAt("model()"), telemetry);
  }

  private static final TargetType TYPE =
      new TargetType(new Origin("rules.yaml", 1, 1), "com.acme.Client", true);
  private static final List<MethodTarget> METHODS = List.of(MethodTarget.named("chat"));

  private static AdapterRule adapter(boolean all) {
    return new AdapterRule(
        TYPE,
        METHODS,
        expression("this.provider()"),
        expression("chat"),
        expression("arg[0].model"),
        expression("return.usage.inputTokens"),
        expression("return.usage.outputTokens"),
        expression("return.usage.cachedTokens"),
        all ? expression("not return.ok") : null,
        all ? expression("return.errorCode") : null,
        all ? expression("thrown.statusCode == 429") : null,
        all ? Map.of(ContextField.EXPERIMENT, expression("arg[0].experiment")) : Map.of(),
        Map.of());
  }

  private static ToolRule tool() {
    return new ToolRule(
        TYPE,
        METHODS,
        expression("arg[0].model"),
        expression("not return.ok"),
        expression("return.errorCode"),
        Map.of());
  }

  private static Expression expression(String text) {
    try {
      return ExpressionParser.parse(text);
    } catch (ExpressionException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private SiteHandler handler(List<AdapterRule> adapters, List<ToolRule> tools) {
    UserModule module = UserModule.of(new UserRules(adapters, tools, List.of(), List.of()));
    return module.handler(module.rows().get(0), telemetry);
  }

  private Object call(SiteHandler handler) {
    Object token = handler.enter(client, request, null, null);
    return handler.exit(token, answer, null);
  }

  @Benchmark
  public Object builtInAdapter() {
    return call(builtInAdapter);
  }

  @Benchmark
  public Object userAdapter() {
    return call(userAdapter);
  }

  @Benchmark
  public Object userAdapterWithAll() {
    return call(userAdapterWithAll);
  }

  @Benchmark
  public Object builtInTool() {
    return call(builtInTool);
  }

  @Benchmark
  public Object userTool() {
    return call(userTool);
  }
}
