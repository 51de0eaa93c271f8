package io.metricsagent.instrumentations.libraries.shared.generatedclients;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;

import io.metricsagent.instrumentations.llm.LlmFutureHandler;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import io.metricsagent.instrumentations.wire.OptionsHandler;
import io.metricsagent.instrumentations.wire.RequestsUnderway;
import java.util.Arrays;
import java.util.List;

/**
 * The rules that generated clients have in common: the raw layer of their services, through which
 * the ordinary methods and clients made by {@code withOptions()} pass too, and the HTTP attempts
 * inside them.
 */
public final class ClientRules {
  private static final String FUTURE = "java.util.concurrent.CompletableFuture";

  private final String root;
  private final String options;
  private final RequestsUnderway underway = new RequestsUnderway();

  /** Makes the rules of one client, such as that in {@code com.openai.}. */
  public ClientRules(String root) {
    this.root = root;
    options = root + "core.RequestOptions";
  }

  /**
   * Adds the rules for calls with one answer, blocking and asynchronous.
   *
   * @param service such as {@code chat.ChatCompletionService}
   * @param params the class of the first parameter, below {@code models}
   */
  public void addWhole(List<Rule> rules, String id, String service, String params) {
    addCalls(rules, id, service, "create", params);
    // What it returns is made of the raw layer's future, which never hears that it is cancelled.
    rules.add(
        Rule.forClass(
                "future",
                root + "services.async." + service + "AsyncImpl",
                method("create", FUTURE, root + "models." + params, options))
            .replacingResult());
  }

  /** Likewise, for calls whose answer comes in pieces. */
  public void addStreamed(List<Rule> rules, String id, String service, String params) {
    addCalls(rules, id, service, "createStreaming", params);
  }

  private void addCalls(List<Rule> rules, String id, String service, String method, String params) {
    String answer = core("http.HttpResponseFor");
    rules.add(call(id, "blocking." + service + "Impl", method, answer, params));
    rules.add(call(id, "async." + service + "AsyncImpl", method, FUTURE, params));
  }

  private Rule call(String id, String service, String method, String returns, String params) {
    return Rule.forClass(
            id,
            root + "services." + service + "$WithRawResponseImpl",
            method(method, returns, root + "models." + params, options))
        .replacingResult();
  }

  /**
   * Adds the rules for the attempts. Asynchronous calls send on another thread: the options of a
   * request, which are made on this one, tell whose attempts they are.
   *
   * @param copies further methods that copy the options
   */
  public void addAttempts(List<Rule> rules, MethodTarget... copies) {
    MethodTarget[] makers = Arrays.copyOf(copies, copies.length + 1);
    makers[copies.length] = method("applyDefaults", options, options);
    rules.add(Rule.forClass("options", options, makers));
    rules.add(
        Rule.forSubtypes(
                "attempt",
                core("http.HttpClient"),
                method("execute", core("http.HttpResponse"), core("http.HttpRequest"), options),
                method("executeAsync", FUTURE, core("http.HttpRequest"), options))
            .replacingResult());
  }

  private String core(String name) {
    return root + "core." + name;
  }

  /**
   * Makes the handler of one of {@link #addAttempts}, or of the futures of {@link #addWhole}.
   *
   * @throws IllegalArgumentException if it is another rule
   */
  public SiteHandler handler(Rule rule) {
    return switch (rule.id()) {
      case "options" -> new OptionsHandler(underway);
      case "future" -> new LlmFutureHandler();
      case "attempt" ->
          new AttemptHandler(new HttpAttempts(root + "core.", root + "internal."), underway);
      default -> throw new IllegalArgumentException(rule.id());
    };
  }
}
