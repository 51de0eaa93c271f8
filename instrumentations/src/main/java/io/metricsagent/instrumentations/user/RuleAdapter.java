package io.metricsagent.instrumentations.user;

import io.metricsagent.bootstrap.snapshot.Outcomes;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.PhaseTimes;
import io.metricsagent.instrumentations.calls.RequestFacts;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.llm.CallReader;
import io.metricsagent.instrumentations.llm.UsageReader;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.Phase;
import io.metricsagent.instrumentations.user.values.ArgumentPlaces;
import io.metricsagent.instrumentations.user.values.Expression;
import io.metricsagent.instrumentations.user.values.Moment;
import io.metricsagent.instrumentations.user.values.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the calls of an adapter as its rule says. What the rule does not say is known from a
 * measured client within the call; without one, an adapter is named by its class and its operation
 * by the method. Immutable and thread-safe.
 *
 * <p>Names are read when the method begins, if they are about the receiver and the arguments, so
 * that a call under way has its series; all else is read at the end.
 */
final class RuleAdapter implements CallReader {
  private static final UsageReader USAGE = new NoUsage();

  private final ReceiverNames names;
  private final String method;
  private final ArgumentPlaces places;
  private final int phases;

  /** Values that are read when the method begins; {@code null} for others. */
  private final Value name;

  private final Value model;
  private final Value operation;
  private final ContextValues context;

  /** Values that are read when the call has ended. */
  private final AnswerValues answer;

  /**
   * Makes a reader.
   *
   * @param method the operation of calls whose rule says none
   */
  RuleAdapter(AdapterRule rule, String method) {
    names = new ReceiverNames(rule.type().name(), "");
    this.method = method;
    places = places(rule);
    phases = phases(rule);
    name = early(rule.name());
    model = early(rule.model());
    operation = early(rule.operation());
    context = new ContextValues(rule.context(), places);
    answer = new AnswerValues(rule, places);
  }

  /** Returns where the arguments of the rule's methods are. */
  static ArgumentPlaces places(AdapterRule rule) {
    List<Expression> atBegin = new ArrayList<>(rule.context().values());
    List<Expression> atEnd =
        new ArrayList<>(
            Arrays.asList(
                rule.inputTokens(),
                rule.outputTokens(),
                rule.cachedTokens(),
                rule.failed(),
                rule.error(),
                rule.throttled()));
    for (Expression each : Arrays.asList(rule.name(), rule.model(), rule.operation())) {
      (AnswerValues.isLate(each) ? atEnd : atBegin).add(each);
    }
    return ArgumentPlaces.of(atBegin, atEnd);
  }

  private static int phases(AdapterRule rule) {
    int bits = 0;
    for (Phase phase : rule.phases().keySet()) {
      bits |= 1 << number(phase);
    }
    return bits;
  }

  /** Returns the number of a phase in {@link PhaseTimes}. */
  static int number(Phase phase) {
    return switch (phase) {
      case RENDER -> PhaseTimes.RENDER;
      case CALL -> PhaseTimes.CALL;
      case PARSE -> PhaseTimes.PARSE;
      case TOOLS -> PhaseTimes.TOOLS;
    };
  }

  private Value early(Expression expression) {
    return AnswerValues.isLate(expression) ? null : Value.of(expression, Moment.BEGIN, places);
  }

  private static String text(Value value, Object self, Object arg0, Object arg1, Object arg2) {
    return value == null ? null : value.text(self, arg0, arg1, arg2);
  }

  @Override
  public void begun(RequestFrame frame, Object self, Object arg0, Object arg1, Object arg2) {
    RequestFacts facts = frame.facts();
    facts.stateProvider(text(name, self, arg0, arg1, arg2));
    facts.stateModel(text(model, self, arg0, arg1, arg2));
    facts.operation(text(operation, self, arg0, arg1, arg2));
    context.tell(frame, self, arg0, arg1, arg2);
    RequestFacts recorded = frame.root().facts();
    if (phases != 0 && recorded.phases() == null) {
      recorded.showPhases(phases);
    }
    frame.keepForEnd(places.kept(arg0, arg1, arg2));
  }

  @Override
  public Throwable ended(RequestFrame frame, Object result, Throwable thrown) {
    FrameStack stack = frame.stackOfEnd();
    boolean first = stack.beginReading();
    try {
      return read(frame, result, thrown);
    } finally {
      if (first) {
        stack.endReading();
      }
    }
  }

  private Throwable read(RequestFrame frame, Object result, Throwable thrown) {
    Object self = frame.self();
    Object kept = frame.keptForEnd();
    Throwable cause = thrown == null ? null : Errors.unwrapped(thrown);
    answer.read(frame.facts(), self, kept, result, cause);
    boolean failed = thrown != null || answer.isFailure(self, kept, result);
    if (answer.knowsThrottles() && answer.isThrottled(self, kept, result, cause)) {
      if (frame.attempts().throttles() == 0) {
        frame.attempts().throttled();
      }
    } else if (answer.knowsThrottles() && failed) {
      return Errors.ofTypeWithoutThrottle(code(self, kept, result, cause), thrown);
    }
    if (!failed || (thrown != null && !answer.knowsErrors())) {
      return thrown;
    }
    return Errors.ofType(code(self, kept, result, cause), thrown);
  }

  /** Returns the type of a failure. */
  private String code(Object self, Object kept, Object result, Throwable cause) {
    String said = answer.error(self, kept, result, cause);
    if (said != null) {
      return said;
    }
    return cause == null ? Outcomes.NO_TYPE : Errors.outcome(cause);
  }

  /** Returns the argument that has the prompt, as far as that is known: the first one. */
  @Override
  public Object content(Object arg0, Object arg1) {
    return places.argument(0, arg0, arg1, null);
  }

  @Override
  public String operation() {
    return method;
  }

  @Override
  public String provider(Object client) {
    return names.of(client);
  }

  @Override
  public String requestModel(Object client, Object request) {
    return null;
  }

  @Override
  public String responseModel(Object response) {
    return null;
  }

  @Override
  public UsageReader usage() {
    return USAGE;
  }
}
