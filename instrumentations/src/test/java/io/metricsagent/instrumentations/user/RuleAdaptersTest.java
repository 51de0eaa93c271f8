package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.instrumentations.testing.WovenApplication;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.Phase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Adapters that a rule describes; the real weaver weaves them. */
class RuleAdaptersTest {
  private static final String HERE = RuleAdaptersTest.class.getName() + "$";

  /** Shared with the test; a word is a command. */
  public interface AdapterApi {
    /** Answers. */
    Object ask(String model, String experiment, String command);
  }

  /** Shared with the test. */
  public interface WideApi {
    /** Has the model behind objects and primitives. */
    void ask(int number, long size, Object other, String model, boolean stream);
  }

  record Request(String model, String experiment) {}

  record Usage(int inputTokens, Long outputTokens) {}

  record Answer(Usage usage, Map<String, Object> raw, String error) {}

  /** Shared with the test, because the name of a nested class needs the class around it. */
  public static final class RefusedApi extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    /** Makes an error. */
    public RefusedApi(int status) {
      this.status = status;
    }

    /** Returns the status. */
    public int statusCode() {
      return status;
    }
  }

  /** An adapter of the user's own. */
  static final class Adapter implements AdapterApi {
    @Override
    public Object ask(String model, String experiment, String command) {
      Request request = new Request(model, experiment);
      return switch (command) {
        case "later" -> later(request);
        case "soon" -> soon(request);
        default -> evaluate(request, command);
      };
    }

    public String provider() {
      return "acme";
    }

    Answer evaluate(Request request, String command) {
      render();
      call(command);
      Answer answer = parse(command);
      if (command.equals("tools")) {
        executeTools(2);
      }
      return answer;
    }

    CompletableFuture<Answer> later(Request request) {
      render();
      return callLater().thenApply(text -> parse("ok"));
    }

    Mono<Answer> soon(Request request) {
      return Mono.fromSupplier(() -> parse("ok"));
    }

    void render() {}

    void call(String command) {
      switch (command) {
        case "throttle" -> throw new RefusedApi(429);
        case "fail" -> throw new RefusedApi(500);
        case "RateLimit" -> throw new RateLimitApiError();
        default -> {}
      }
    }

    CompletableFuture<String> callLater() {
      return CompletableFuture.supplyAsync(() -> "text");
    }

    Answer parse(String command) {
      return new Answer(
          new Usage(10, 4L),
          Map.of("usage", Map.of("cached", 3)),
          command.equals("refused") ? "content_filter" : "");
    }

    void executeTools(int depth) {
      if (depth > 0) {
        executeTools(depth - 1);
      }
    }
  }

  /** Shared with the test. */
  public static final class RateLimitApiError extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** An adapter whose request is spread over many arguments. */
  static final class Wide implements WideApi {
    @Override
    public void ask(int number, long size, Object other, String model, boolean stream) {}
  }

  private static Rules rule() {
    return Rules.of(Adapter.class, "evaluate", "later", "soon")
        .with("name", "this.provider()")
        .with("model", "arg[0].model")
        .with("experiment", "arg[0].experiment")
        .with("input", "return.usage.inputTokens")
        .with("output", "return.usage.outputTokens")
        .with("cached", "return.raw[\"usage\"][\"cached\"]");
  }

  private static Rules withPhases(Rules rule) {
    return rule.phase(Phase.RENDER, "render")
        .phase(Phase.CALL, "call", "callLater")
        .phase(Phase.PARSE, "parse")
        .phase(Phase.TOOLS, "executeTools");
  }

  private WovenApplication app;

  private AdapterApi adapter(AdapterRule rule) throws Exception {
    app = WovenApplication.with(HERE, Rules.module(rule));
    return app.create(Adapter.class, AdapterApi.class);
  }

  private List<AdapterSnapshot> adapters() {
    return app.snapshot().adapters();
  }

  @Test
  void namesTokensAndExperimentsAreWhereTheRuleSays() throws Exception {
    AdapterApi adapter = adapter(rule().adapter());
    adapter.ask("gpt", "baseline", "ok");
    adapter.ask("gpt", "v2-concise", "ok");
    adapter.ask("gpt", "v2-concise", "ok");

    assertThat(adapters())
        .extracting(
            AdapterSnapshot::adapter,
            AdapterSnapshot::model,
            AdapterSnapshot::operation,
            AdapterSnapshot::experiment,
            AdapterSnapshot::requestCount)
        .containsExactlyInAnyOrder(
            tuple("acme", "gpt", "evaluate", "baseline", 1L),
            tuple("acme", "gpt", "evaluate", "v2-concise", 2L));
    AdapterSnapshot first =
        adapters().stream().filter(a -> a.experiment().equals("baseline")).findFirst().get();
    assertThat(first.inputTokenCount()).isEqualTo(10);
    assertThat(first.outputTokenCount()).isEqualTo(4);
    assertThat(first.cachedTokens()).isEqualTo(3);
    assertThat(first.errorCount()).isZero();
  }

  @Test
  void phasesAreTheTimesOfTheirMethodsAndCountOnce() throws Exception {
    AdapterApi adapter = adapter(withPhases(rule()).adapter());
    adapter.ask("gpt", "a", "ok");
    adapter.ask("gpt", "a", "tools");

    AdapterSnapshot all = adapters().get(0);
    assertThat(all.renderLatency().count()).isEqualTo(2);
    assertThat(all.callLatency().count()).isEqualTo(2);
    assertThat(all.parseLatency().count()).isEqualTo(2);
    assertThat(all.toolLatency().count()).isEqualTo(1);
    assertThat(all.totalLatency().count()).isEqualTo(2);
  }

  @Test
  void aPhaseThatDidNotRunIsNotRecorded() throws Exception {
    AdapterApi adapter = adapter(withPhases(rule()).adapter());
    assertThatThrownBy(() -> adapter.ask("gpt", "a", "fail")).isInstanceOf(RuntimeException.class);

    AdapterSnapshot failed = adapters().get(0);
    assertThat(failed.renderLatency().count()).isEqualTo(1);
    assertThat(failed.callLatency().count()).isEqualTo(1);
    assertThat(failed.parseLatency().count()).isZero();
  }

  @Test
  void withoutMethodsTheCallIsWhatTheOtherPhasesLeave() throws Exception {
    AdapterApi adapter = adapter(rule().phase(Phase.RENDER, "render").adapter());
    adapter.ask("gpt", "a", "ok");

    assertThat(adapters().get(0).renderLatency().count()).isEqualTo(1);
    assertThat(adapters().get(0).callLatency().count()).isEqualTo(1);
    assertThat(adapters().get(0).parseLatency().count()).isZero();
  }

  @Test
  void aPhaseMayEndWithAFuture() throws Exception {
    AdapterApi adapter = adapter(withPhases(rule()).adapter());
    ((CompletableFuture<?>) adapter.ask("gpt", "a", "later")).join();
    while (adapters().isEmpty() || adapters().get(0).requestCount() == 0) {
      Thread.onSpinWait(); // the request is recorded right after its future completes
    }

    AdapterSnapshot later = adapters().get(0);
    assertThat(later.operation()).isEqualTo("later");
    assertThat(later.renderLatency().count()).isEqualTo(1);
    assertThat(later.callLatency().count()).isEqualTo(1);
    assertThat(later.inputTokenCount()).isEqualTo(10);
  }

  @Test
  void eachSubscriptionIsARequestWithWhatTheRuleSays() throws Exception {
    AdapterApi adapter = adapter(rule().adapter());
    Mono<?> answer = (Mono<?>) adapter.ask("gpt", "v2-concise", "soon");
    adapter.ask("another", "baseline", "ok"); // uses the frame of the call before
    answer.block();
    answer.block();

    AdapterSnapshot soon =
        adapters().stream().filter(a -> a.operation().equals("soon")).findFirst().get();
    assertThat(adapters()).hasSize(2);
    assertThat(soon.adapter()).isEqualTo("acme");
    assertThat(soon.model()).isEqualTo("gpt");
    assertThat(soon.experiment()).isEqualTo("v2-concise");
    assertThat(soon.requestCount()).isEqualTo(2);
    assertThat(soon.inputTokenCount()).isEqualTo(20);
  }

  @Test
  void theRuleSaysWhichCallsAreThrottled() throws Exception {
    AdapterApi adapter = adapter(rule().with("throttled", "thrown.statusCode == 429").adapter());
    for (String command : List.of("throttle", "fail", "RateLimit")) {
      assertThatThrownBy(() -> adapter.ask("gpt", "a", command))
          .isInstanceOf(RuntimeException.class);
    }

    assertThat(adapters().get(0).throttleCount()).isEqualTo(1);
    assertThat(adapters().get(0).errorTypes())
        .containsOnly(entry(HERE + "RefusedApi", 2L), entry(HERE + "RateLimitApiError", 1L));
  }

  @Test
  void withoutARuleTheKnownExceptionsAreThrottles() throws Exception {
    AdapterApi adapter = adapter(rule().adapter());
    for (String command : List.of("throttle", "fail", "RateLimit")) {
      assertThatThrownBy(() -> adapter.ask("gpt", "a", command))
          .isInstanceOf(RuntimeException.class);
    }

    assertThat(adapters().get(0).throttleCount()).isEqualTo(2);
  }

  @Test
  void aResultMayBeAFailureWithACode() throws Exception {
    AdapterApi adapter =
        adapter(rule().with("failed", "return.error").with("error", "return.error").adapter());
    adapter.ask("gpt", "a", "ok");
    adapter.ask("gpt", "a", "refused");
    assertThatThrownBy(() -> adapter.ask("gpt", "a", "fail")).isInstanceOf(RuntimeException.class);

    assertThat(adapters().get(0).requestCount()).isEqualTo(3);
    assertThat(adapters().get(0).errorTypes())
        .containsOnly(entry("content_filter", 1L), entry(HERE + "RefusedApi", 1L));
  }

  @Test
  void theErrorMayBeReadFromAnException() throws Exception {
    AdapterApi adapter = adapter(rule().with("error", "thrown.statusCode").adapter());
    assertThatThrownBy(() -> adapter.ask("gpt", "a", "fail")).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> adapter.ask("gpt", "a", "throttle"))
        .isInstanceOf(RuntimeException.class);

    assertThat(adapters().get(0).errorTypes()).containsOnly(entry("500", 1L), entry("429", 1L));
    assertThat(adapters().get(0).throttleCount()).isEqualTo(1);
  }

  @Test
  void aRuleThatDoesNotFitMakesNoCallAFailure() throws Exception {
    AdapterApi adapter =
        adapter(
            Rules.of(Adapter.class, "evaluate")
                .with("name", "this.vendor")
                .with("model", "return.model")
                .with("input", "return.usage.tokens")
                .with("failed", "not return.isFine()")
                .with("throttled", "return.limit == 1")
                .adapter());
    adapter.ask("gpt", "a", "ok");

    AdapterSnapshot plain = adapters().get(0);
    assertThat(plain.adapter()).isEqualTo("Adapter");
    assertThat(plain.model()).isNull();
    assertThat(plain.errorCount()).isZero();
    assertThat(plain.throttleCount()).isZero();
    assertThat(plain.inputTokens().count()).isZero();
  }

  @Test
  void anyArgumentMayBeNamedAndPrimitivesToo() throws Exception {
    app =
        WovenApplication.with(
            HERE,
            Rules.module(
                Rules.of(Wide.class, "ask")
                    .with("name", "arg[0]")
                    .with("model", "arg[3]")
                    .with("operation", "wide")
                    .with("input", "arg[1]")
                    .with("failed", "arg[4]")
                    .adapter()));
    app.create(Wide.class, WideApi.class).ask(7, 1L << 40, "other", "gpt", true);

    AdapterSnapshot wide = adapters().get(0);
    assertThat(wide.adapter()).isEqualTo("7");
    assertThat(wide.model()).isEqualTo("gpt");
    assertThat(wide.operation()).isEqualTo("wide");
    assertThat(wide.inputTokenCount()).isEqualTo(1L << 40);
    assertThat(wide.errorTypes()).containsOnlyKeys("_OTHER");
  }
}
