package io.metricsagent.instrumentations.user;

import io.metricsagent.bootstrap.snapshot.Outcomes;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.ToolFrame;
import io.metricsagent.instrumentations.tools.ToolDecoder;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.values.ArgumentPlaces;
import io.metricsagent.instrumentations.user.values.Expression;
import io.metricsagent.instrumentations.user.values.Moment;
import io.metricsagent.instrumentations.user.values.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the calls of a tool as its rule says: without a name in the rule, a tool is {@code
 * Class.method}; a call fails when it throws, or when the rule says so of its result. Immutable and
 * thread-safe.
 */
final class RuleTool implements ToolDecoder {
  private final ReceiverNames names;
  private final boolean content;
  private final ArgumentPlaces places;
  private final Value name;
  private final ContextValues context;
  private final Value failed;
  private final Value error;

  /**
   * Makes a reader.
   *
   * @param method the name of the method
   * @param content whether the method's arguments are passed with their names
   */
  RuleTool(ToolRule rule, String method, boolean content) {
    this.content = content;
    names = new ReceiverNames(rule.type().name(), "." + method);
    places = content ? places(rule).inArray() : places(rule);
    name = Value.of(rule.name(), Moment.BEGIN, places);
    context = new ContextValues(rule.context(), places);
    failed = Value.of(rule.failed(), Moment.END, places);
    error = Value.of(rule.error(), Moment.END, places);
  }

  /** Returns where the arguments of the rule's methods are while content is off. */
  static ArgumentPlaces places(ToolRule rule) {
    List<Expression> atBegin = new ArrayList<>(rule.context().values());
    atBegin.add(rule.name());
    return ArgumentPlaces.of(atBegin, Arrays.asList(rule.failed(), rule.error()));
  }

  @Override
  public String name(Object executor, Object request) {
    return names.of(executor);
  }

  @Override
  public String name(Object executor, Object arg0, Object arg1, Object arg2) {
    String said = name == null ? null : name.text(executor, arg0, arg1, arg2);
    return said == null ? name(executor, arg0) : said;
  }

  @Override
  public void begun(ToolFrame frame, Object executor, Object arg0, Object arg1, Object arg2) {
    context.tell(frame, executor, arg0, arg1, arg2);
  }

  @Override
  public Object kept(Object arg0, Object arg1, Object arg2) {
    return places.kept(arg0, arg1, arg2);
  }

  @Override
  public Throwable failure(Object executor, Object kept, Object result, Throwable thrown) {
    if (thrown == null && failed == null || thrown != null && error == null) {
      return null;
    }
    FrameStack stack = FrameStack.current();
    boolean first = stack.beginReading();
    try {
      return read(executor, kept, result, thrown);
    } finally {
      if (first) {
        stack.endReading();
      }
    }
  }

  private Throwable read(Object executor, Object kept, Object result, Throwable thrown) {
    if (thrown == null && !failed.isTrue(executor, kept, result, null)) {
      return null;
    }
    Throwable cause = thrown == null ? null : Errors.unwrapped(thrown);
    String code = error == null ? null : error.text(executor, kept, result, cause);
    if (code != null) {
      return Errors.ofType(code, thrown);
    }
    return thrown == null ? Errors.ofType(Outcomes.NO_TYPE) : null;
  }

  /** Returns the arguments by the names of the parameters. */
  @Override
  public Object arguments(Object values, Object parameters) {
    if (!content || !(values instanceof Object[] all) || !(parameters instanceof String text)) {
      return null;
    }
    String[] each = text.split(",");
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < all.length; i++) {
      arguments.put(each[i], all[i]);
    }
    return arguments;
  }

  @Override
  public boolean isFailure(Object result, Throwable innerFailure) {
    return false;
  }

  @Override
  public String errorCode(Throwable failure) {
    return failure == null ? null : Errors.type(failure);
  }
}
