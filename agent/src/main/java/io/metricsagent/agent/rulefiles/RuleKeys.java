package io.metricsagent.agent.rulefiles;

import static io.metricsagent.instrumentations.user.values.Expression.Root.ARGUMENT;
import static io.metricsagent.instrumentations.user.values.Expression.Root.MESSAGE;
import static io.metricsagent.instrumentations.user.values.Expression.Root.RETURN;
import static io.metricsagent.instrumentations.user.values.Expression.Root.THIS;
import static io.metricsagent.instrumentations.user.values.Expression.Root.THROWN;

import io.metricsagent.instrumentations.user.values.Expression.Root;
import java.util.List;

/**
 * The catalogue of all keys of rule files: what the reader accepts, what the JSON Schema says and
 * what the page of rules lists.
 */
final class RuleKeys {
  /** What there is when a method begins. */
  private static final List<Root> BEGIN = List.of(THIS, ARGUMENT);

  /** What there is when a method has returned. */
  private static final List<Root> END = List.of(THIS, ARGUMENT, RETURN);

  /** What there is when a method has returned or failed. */
  private static final List<Root> OUTCOME = List.of(THIS, ARGUMENT, RETURN, THROWN);

  private static final List<Root> RECEIVED = List.of(MESSAGE, THIS, ARGUMENT, RETURN);

  static final String TYPE = "type";
  static final String SUBTYPES = "subtypes";
  static final String METHODS = "methods";
  static final String NAME = "name";
  static final String OPERATION = "operation";
  static final String MODEL = "model";
  static final String TOKENS = "tokens";
  static final String INPUT = "input";
  static final String OUTPUT = "output";
  static final String CACHED = "cached";
  static final String FAILED = "failed";
  static final String ERROR = "error";
  static final String THROTTLED = "throttled";
  static final String EXPERIMENT = "experiment";
  static final String CONTEXT = "context";
  static final String PHASES = "phases";
  static final String QUEUE = "queue";
  static final String SYSTEM = "system";
  static final String RECEIVE = "receive";
  static final String SEND = "send";
  static final String MESSAGE_KEY = "message";
  static final String ID = "id";
  static final String ENQUEUED = "enqueued";
  static final String DELIVERIES = "deliveries";
  static final String DEPTH = "depth";
  static final String SCENARIO = "scenario";

  static final String ADAPTERS = "adapters";
  static final String TOOLS = "tools";
  static final String MAILBOXES = "mailboxes";
  static final String RUNS = "runs";

  /** The sections of a file; each is a list of rules, whose keys these are. */
  static final List<Key> SECTIONS = List.of(adapters(), tools(), mailboxes(), runs());

  private RuleKeys() {}

  private static Key type() {
    return Key.plain(
        TYPE,
        Form.TYPE,
        "The full name of a class or an interface, with $ before the name of a nested class:"
            + " com.acme.Outer$Inner.");
  }

  private static Key subtypes() {
    return Key.plain(
        SUBTYPES, Form.FLAG, "Whether subtypes are measured, too; true unless it is false.");
  }

  private static Key methods(String name, String about) {
    return Key.plain(
        name,
        Form.METHODS,
        about + " A name stands for all overloads; name(java.lang.String, int) for one of them.");
  }

  private static Key text(String name, List<Root> roots, String about) {
    return Key.expression(name, Form.TEXT, roots, about);
  }

  private static Key failed() {
    return Key.expression(
        FAILED, Form.CONDITION, END, "Whether a call that returned normally has failed.");
  }

  private static Key error() {
    return text(
        ERROR, OUTCOME, "The error of a failed call; without it the class of the exception.");
  }

  private static Key experiment() {
    return text(EXPERIMENT, BEGIN, "The experiment of the call; short for context: {experiment}.");
  }

  private static Key context() {
    return Key.group(
        CONTEXT,
        "What the call was made for. Without a key, the value of OpenTelemetry's baggage, of the"
            + " MDC or of a system property counts.",
        text(EXPERIMENT, BEGIN, "The experiment of the call: its tag in every exporter."),
        text("request_id", BEGIN, "The id of the request that the application serves."),
        text("run_id", BEGIN, "The id of the run that the call belongs to."),
        text("session_id", BEGIN, "The id of the session or conversation."),
        text("attempt", BEGIN, "Which attempt the call is."),
        text("trace_id", BEGIN, "The id of the trace."));
  }

  private static Key adapters() {
    return Key.group(
        ADAPTERS,
        "Clients of models.",
        type(),
        subtypes(),
        methods(METHODS, "The methods that make a request."),
        text(NAME, END, "The provider; without it the simple name of the class."),
        text(OPERATION, END, "The operation; without it the name of the method."),
        text(MODEL, END, "The name of the model."),
        Key.group(
            TOKENS,
            "How many tokens the request took.",
            Key.expression(INPUT, Form.NUMBER, END, "All input tokens, the cached ones included."),
            Key.expression(OUTPUT, Form.NUMBER, END, "The output tokens."),
            Key.expression(CACHED, Form.NUMBER, END, "The input tokens that were cached.")),
        failed(),
        error(),
        Key.expression(
            THROTTLED,
            Form.CONDITION,
            OUTCOME,
            "Whether the call was refused because of too many requests; without it the exceptions"
                + " that are known to say so."),
        experiment(),
        context(),
        Key.group(
            PHASES,
            "The methods of the same type that are a part of a request; without phases the call"
                + " phase is the whole request.",
            methods("render", "They make the prompt.").optional(),
            methods("call", "They wait for the model.").optional(),
            methods("parse", "They read the answer.").optional(),
            methods("tools", "They run tools.").optional()));
  }

  private static Key tools() {
    return Key.group(
        TOOLS,
        "Tools, or what runs tools.",
        type(),
        subtypes(),
        methods(METHODS, "The methods that run a tool."),
        text(NAME, BEGIN, "The name of the tool; without it Class.method."),
        failed(),
        error(),
        experiment(),
        context());
  }

  private static Key settlement(String name, String about) {
    return Key.group(
        name,
        about,
        methods(METHODS, "The methods that do this."),
        Key.expression(
            ID,
            Form.OBJECT,
            BEGIN,
            "What identifies the message, as in receive; without it the first argument."));
  }

  private static Key mailboxes() {
    return Key.group(
        MAILBOXES,
        "Queues.",
        type(),
        subtypes(),
        text(QUEUE, BEGIN, "The name of the queue; without it the simple name of the class."),
        text(SYSTEM, BEGIN, "The messaging system, as in messaging.system."),
        Key.group(
            RECEIVE,
            "How messages reach the application.",
            methods(METHODS, "The methods that hand messages to the application."),
            Key.expression(
                    MESSAGE_KEY,
                    Form.OBJECT,
                    List.of(RETURN, ARGUMENT),
                    "The message. Without it the result, or the first argument of a void method;"
                        + " of a collection or an array each element, with or without [*].")
                .forEach(),
            Key.expression(
                ID,
                Form.OBJECT,
                RECEIVED,
                "What identifies the message when it is settled; without it the message itself."),
            Key.expression(
                ENQUEUED,
                Form.TIME,
                RECEIVED,
                "When the message was put into the queue: a time, or milliseconds since 1970."),
            Key.expression(
                DELIVERIES,
                Form.NUMBER,
                RECEIVED,
                "How often the message was delivered, this time included.")),
        Key.group(
            SEND,
            "How messages are put into the queue.",
            methods(METHODS, "The methods that put a message into the queue."),
            Key.expression(
                    MESSAGE_KEY, Form.OBJECT, BEGIN, "The message; without it the first argument.")
                .forEach()),
        settlement("ack", "How a message is acknowledged."),
        settlement("nack", "How a message is refused, to be delivered again."),
        settlement("dead_letter", "How a message is put aside for good."),
        settlement("expired", "How a message is dropped because of its age."),
        Key.expression(
            DEPTH, Form.NUMBER, List.of(THIS), "How many messages wait; read before each export."));
  }

  private static Key runs() {
    return Key.group(
        RUNS,
        "Methods whose calls are runs.",
        type(),
        subtypes(),
        methods(METHODS, "The methods whose call is a run."),
        text(SCENARIO, BEGIN, "The scenario of the run; without it Class.method."));
  }
}
