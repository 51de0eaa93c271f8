package io.metricsagent.instrumentations.user.values;

import io.metricsagent.instrumentations.user.values.Expression.Root;
import io.metricsagent.instrumentations.user.values.Expression.Step;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * The messages, or ids of messages, that a value is: a collection or an array is each of its
 * elements, whether the rule says {@code [*]} or not; nothing and {@code false} are none; anything
 * else is one. Immutable and thread-safe.
 *
 * @param <C> what a visitor needs beside the message
 */
public final class Messages<C> {
  /** Is told of each message. */
  public interface Visitor<C> {
    /** Takes one message, which may be {@code null} in a collection. */
    void message(C context, Object message);
  }

  /** The value that is one message or many; {@code null} for what the caller passes. */
  private final Value value;

  /** What to read from each element; {@code null} for the element itself. */
  private final Messages<C> ofElement;

  private Messages(Value value, Messages<C> ofElement) {
    this.value = value;
    this.ofElement = ofElement;
  }

  /**
   * Returns what finds the messages.
   *
   * @param expression {@code null} if the caller passes the message or messages
   * @param moment what the objects of the call are
   */
  public static <C> Messages<C> of(Expression expression, Moment moment, ArgumentPlaces places) {
    if (!(expression instanceof Expression.Path path) || each(path.steps()) < 0) {
      return new Messages<>(Value.of(expression, moment, places), null);
    }
    List<Step> steps = path.steps();
    int each = each(steps);
    Expression many = new Expression.Path(path.root(), path.argument(), steps.subList(0, each));
    List<Step> rest = steps.subList(each + 1, steps.size());
    Messages<C> ofElement =
        rest.isEmpty()
            ? null
            : of(new Expression.Path(Root.MESSAGE, 0, rest), Moment.MESSAGE, places);
    return new Messages<>(Value.of(many, moment, places), ofElement);
  }

  private static int each(List<Step> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Step.Each) {
        return i;
      }
    }
    return -1;
  }

  /** Returns whether the rule says where the messages are. */
  public boolean areNamed() {
    return value != null;
  }

  /**
   * Returns the message or messages.
   *
   * @param third what is returned if the rule does not say where the messages are
   */
  public Object read(Object first, Object second, Object third, Object fourth) {
    return value == null ? third : value.object(first, second, third, fourth);
  }

  /** Shows a visitor each message of what {@link #read} has returned. */
  public void visit(Object messages, Visitor<C> visitor, C context) {
    if (messages instanceof Collection<?> many) {
      visitAll(many, visitor, context);
    } else if (messages instanceof Object[] many) {
      for (Object message : many) {
        visitOne(message, visitor, context);
      }
    } else if (messages instanceof Map<?, ?> map && ofElement != null) {
      visitAll(map.values(), visitor, context);
    } else if (messages instanceof Optional<?> maybe) {
      if (maybe.isPresent()) {
        visitOne(maybe.get(), visitor, context);
      }
    } else if (messages != null && !Boolean.FALSE.equals(messages)) {
      visitOne(messages, visitor, context);
    }
  }

  private void visitAll(Collection<?> many, Visitor<C> visitor, C context) {
    if (many instanceof List<?> list && many instanceof RandomAccess) { // without an iterator
      for (int i = 0; i < list.size(); i++) {
        visitOne(list.get(i), visitor, context);
      }
    } else {
      for (Object message : many) {
        visitOne(message, visitor, context);
      }
    }
  }

  private void visitOne(Object element, Visitor<C> visitor, C context) {
    if (ofElement == null) {
      visitor.message(context, element);
    } else {
      ofElement.visit(ofElement.read(null, null, null, element), visitor, context);
    }
  }
}
