package io.metricsagent.instrumentations.libraries.shared.generatedclients;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.Rule.forClass;
import static io.metricsagent.instrumentations.rules.Rule.forSubtypes;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Rule;
import java.util.Arrays;

/**
 * The rules that the generated clients share: the raw layer of their services, which the ordinary
 * methods and clients made by {@code withOptions()} call too, and the HTTP attempts inside that
 * layer.
 *
 * @param root the package of one client, such as {@code com.openai.}
 */
public record ClientRules(String root) {
  private static final String FUTURE = "java.util.concurrent.CompletableFuture";

  /**
   * Returns the rule for blocking calls with one answer.
   *
   * @param service the service's name below {@code services.blocking}, such as {@code
   *     chat.ChatCompletionService}
   * @param params the class of the first parameter, below {@code models}
   */
  public Rule blocking(String service, String params) {
    return call("blocking." + service + "Impl", "create", core("http.HttpResponseFor"), params);
  }

  /**
   * Returns the rule for calls that return a future of one answer; parameters as for {@link
   * #blocking}.
   */
  public Rule async(String service, String params) {
    return call("async." + service + "AsyncImpl", "create", FUTURE, params);
  }

  /**
   * Returns the rule for blocking calls with an answer in pieces; parameters as for {@link
   * #blocking}.
   */
  public Rule blockingStream(String service, String params) {
    return call(
        "blocking." + service + "Impl", "createStreaming", core("http.HttpResponseFor"), params);
  }

  /**
   * Returns the rule for calls that return a future of an answer in pieces; parameters as for
   * {@link #blocking}.
   */
  public Rule asyncStream(String service, String params) {
    return call("async." + service + "AsyncImpl", "createStreaming", FUTURE, params);
  }

  private Rule call(String service, String method, String returns, String params) {
    return forClass(
            root + "services." + service + "$WithRawResponseImpl",
            method(method, returns, root + "models." + params, options()))
        .replacingResult();
  }

  /**
   * Returns the rule for the ordinary method above {@link #async}. The method's future depends on
   * the raw layer's future, which does not see that the application cancels the method's future.
   */
  public Rule future(String service, String params) {
    return forClass(
            root + "services.async." + service + "AsyncImpl",
            method("create", FUTURE, root + "models." + params, options()))
        .replacingResult();
  }

  /**
   * Returns the rule for the methods that create the options of a request. Asynchronous calls send
   * on another thread: the options, which are created on the caller's thread, show to which request
   * an attempt belongs.
   *
   * @param copies further methods that copy the options
   */
  public Rule options(MethodTarget... copies) {
    MethodTarget[] makers = Arrays.copyOf(copies, copies.length + 1);
    makers[copies.length] = method("applyDefaults", options(), options());
    return forClass(options(), makers);
  }

  /** Returns the rule for attempts. */
  public Rule attempt() {
    return forSubtypes(
            core("http.HttpClient"),
            method("execute", core("http.HttpResponse"), core("http.HttpRequest"), options()),
            method("executeAsync", FUTURE, core("http.HttpRequest"), options()))
        .replacingResult();
  }

  /** Returns the decoder of attempts. */
  public HttpAttempts attempts() {
    return new HttpAttempts(root + "core.", root + "internal.");
  }

  private String options() {
    return core("RequestOptions");
  }

  private String core(String name) {
    return root + "core." + name;
  }
}
