package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Said;
import io.metricsagent.instrumentations.testing.WovenApplication;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.Phase;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.model.UserRules;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Publishers of classes that rules describe: each subscription is a call with what a rule says. */
class SubscribedCallsTest {
  private static final String HERE = SubscribedCallsTest.class.getName() + "$";

  /** Shared with the test. */
  public interface ModelApi {
    /** Asks a model. */
    Mono<String> ask(String model, String experiment, int prompt);

    /** Asks a model by an overload, as a decorator asks by the next object. */
    Mono<String> again(String model);

    /** Asks a model by a method that returns a publisher, too. */
    Mono<String> fetch(boolean elsewhere);

    /** Runs a tool. */
    Mono<String> use(String tool, String experiment);
  }

  /** What a rule may name, too. */
  interface Asking {
    Mono<String> ask(String model, String experiment, int prompt);
  }

  static final class Model implements ModelApi, Asking {
    @Override
    public Mono<String> ask(String model, String experiment, int prompt) {
      String text = render(prompt);
      return Mono.fromSupplier(() -> parse(model + text));
    }

    @Override
    public Mono<String> fetch(boolean elsewhere) {
      Mono<String> fetched = call();
      return elsewhere ? fetched.subscribeOn(Schedulers.single()) : fetched;
    }

    Mono<String> call() {
      return Mono.fromSupplier(() -> "fetched");
    }

    @Override
    public Mono<String> again(String model) {
      return again(model, 7);
    }

    Mono<String> again(String model, int prompt) {
      return Mono.fromSupplier(() -> parse(model + prompt));
    }

    String render(int prompt) {
      return "prompt " + prompt;
    }

    String parse(String text) {
      return text;
    }

    @Override
    public Mono<String> use(String tool, String experiment) {
      return Mono.just("found");
    }
  }

  private final Recorded recorded = Recorded.reading();

  @AfterEach
  void leavesNothing() {
    assertThat(FrameStack.current().top()).isNull();
    Said.clear();
  }

  private ModelApi model(AdapterRule... adapters) throws Exception {
    return model(new UserRules(List.of(adapters), List.of(), List.of(), List.of()));
  }

  private ModelApi model(UserRules rules) throws Exception {
    return WovenApplication.with(HERE, recorded.telemetry(), UserModule.of(rules))
        .create(Model.class, ModelApi.class);
  }

  @Test
  void aMethodThatCallsAnOverloadHasNotAnsweredYet() throws Exception {
    Mono<String> answer =
        model(Rules.of(Model.class, "again").with("model", "arg[0]").adapter()).again("gpt");
    assertThat(recorded.adapters()).isEmpty();
    answer.block();
    answer.block();

    assertThat(recorded.adapter().requestCount()).isEqualTo(2);
    assertThat(recorded.adapter().adapter()).isEqualTo("Model");
    assertThat(recorded.adapter().model()).isEqualTo("gpt");
  }

  @Test
  void anInterfaceOfTheClassMaySayTheRest() throws Exception {
    model(
            Rules.of(Model.class, "ask").with("name", "acme").adapter(),
            Rules.of(Asking.class, "ask").with("name", "other").with("model", "arg[0]").adapter())
        .ask("gpt", "baseline", 7)
        .block();

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().adapter()).isEqualTo("acme");
    assertThat(recorded.adapter().model()).isEqualTo("gpt");
  }

  @Test
  void argumentsAreKnownAtTheEnd() throws Exception {
    ModelApi model = model(Rules.of(Model.class, "ask").with("input", "arg[2]").adapter());
    Mono<String> answer = model.ask("gpt", "baseline", 7);
    model.ask("gpt", "baseline", 8); // uses the frame of the call before
    answer.block();

    assertThat(recorded.adapter().inputTokenCount()).isEqualTo(7);
  }

  @Test
  void phasesAreThoseOfTheMethodAndOfTheSubscription() throws Exception {
    Mono<String> answer =
        model(
                Rules.of(Model.class, "ask")
                    .phase(Phase.RENDER, "render")
                    .phase(Phase.PARSE, "parse")
                    .adapter())
            .ask("gpt", "baseline", 7);
    answer.block();
    answer.block();

    AdapterSnapshot asked = recorded.adapter();
    assertThat(asked.requestCount()).isEqualTo(2);
    assertThat(asked.renderLatency().count()).isEqualTo(2);
    assertThat(asked.callLatency().count()).isEqualTo(2);
    assertThat(asked.parseLatency().count()).isEqualTo(2);
  }

  @Test
  void aPhaseIsTheSubscriptionToItsPublisher() throws Exception {
    ModelApi model = model(Rules.of(Model.class, "fetch").phase(Phase.CALL, "call").adapter());
    model.fetch(false);
    assertThat(recorded.adapters()).isEmpty();
    model.fetch(false).block();

    assertThat(recorded.adapter().callLatency().count()).isEqualTo(1);
  }

  @Test
  void aPhaseThatIsSubscribedToOutsideOfTheRequestIsNotKnown() throws Exception {
    ModelApi model = model(Rules.of(Model.class, "fetch").phase(Phase.CALL, "call").adapter());
    model.fetch(true).block();

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().callLatency().count()).isZero();
  }

  @Test
  void theExperimentIsThatOfTheSubscriberOrElseThatOfTheMethod() throws Exception {
    ModelApi model = model(Rules.of(Model.class, "ask").adapter());
    Said.put("experiment", "baseline");
    Mono<String> answer = model.ask("gpt", "of a rule", 7);
    Said.clear();
    answer.block();
    Said.with("v2-concise", answer::block);

    assertThat(recorded.adapters())
        .extracting(AdapterSnapshot::experiment, AdapterSnapshot::requestCount)
        .containsExactlyInAnyOrder(tuple("baseline", 1L), tuple("v2-concise", 1L));
  }

  @Test
  void theExperimentOfARuleWins() throws Exception {
    ModelApi model = model(Rules.of(Model.class, "ask").with("experiment", "arg[1]").adapter());
    Said.put("experiment", "baseline");
    Mono<String> answer = model.ask("gpt", "of a rule", 7);
    Said.with("v2-concise", answer::block);

    assertThat(recorded.adapter().experiment()).isEqualTo("of a rule");
  }

  @Test
  void aToolIsOfTheExperimentOfItsRuleToo() throws Exception {
    ToolRule rule =
        Rules.of(Model.class, "use").with("name", "arg[0]").with("experiment", "arg[1]").tool();
    Mono<String> found =
        model(new UserRules(List.of(), List.of(rule), List.of(), List.of()))
            .use("search", "of a rule");
    found.block();
    Said.with("v2-concise", found::block);

    assertThat(recorded.tools())
        .extracting(ToolSnapshot::toolName, ToolSnapshot::experiment, ToolSnapshot::callCount)
        .containsExactly(tuple("search", "of a rule", 2L));
  }
}
