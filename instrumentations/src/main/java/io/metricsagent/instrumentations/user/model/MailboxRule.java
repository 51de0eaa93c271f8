package io.metricsagent.instrumentations.user.model;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.values.Expression;
import java.util.List;
import java.util.Map;

/**
 * A queue. Expressions that were not written are {@code null}. Immutable.
 *
 * @param queue the name of the queue; without it the simple name of the class
 * @param system the messaging system, as in {@code messaging.system}, or {@code null}
 * @param receive the methods that hand messages to the application, or {@code null}
 * @param send the methods that put a message into the queue, or {@code null}
 * @param settlements the methods that settle messages
 * @param depth how many messages wait: read from the mailbox before each snapshot
 * @param depthMethods methods whose results are the depth, whenever the application calls them;
 *     only the {@code include} setting has such
 */
public record MailboxRule(
    TargetType type,
    Expression queue,
    Expression system,
    Receive receive,
    Send send,
    Map<Settlement, Settle> settlements,
    Expression depth,
    List<MethodTarget> depthMethods) {
  /** Copies the collections. */
  public MailboxRule {
    settlements = Map.copyOf(settlements);
    depthMethods = List.copyOf(depthMethods);
  }

  /** Makes a rule without methods that tell the depth. */
  public MailboxRule(
      TargetType type,
      Expression queue,
      Expression system,
      Receive receive,
      Send send,
      Map<Settlement, Settle> settlements,
      Expression depth) {
    this(type, queue, system, receive, send, settlements, depth, List.of());
  }

  /**
   * Methods that hand messages to the application.
   *
   * @param message the message or messages: {@code return[*]} for each element of a result; without
   *     it the result, or the first argument of a void method
   * @param id what identifies a message in a settlement, read from a message; {@code null} if
   *     messages are identified by themselves
   * @param enqueued when a message was put into the queue, read from it: a time, or milliseconds
   *     since 1970
   * @param deliveries how often a message was delivered, this time included
   */
  public record Receive(
      List<MethodTarget> methods,
      Expression message,
      Expression id,
      Expression enqueued,
      Expression deliveries) {
    /** Copies the methods. */
    public Receive {
      methods = List.copyOf(methods);
    }
  }

  /**
   * Methods that put a message into the queue.
   *
   * @param message without it the first argument
   */
  public record Send(List<MethodTarget> methods, Expression message) {
    /** Copies the methods. */
    public Send {
      methods = List.copyOf(methods);
    }
  }

  /**
   * Methods that settle a message.
   *
   * @param id what identifies the message; without it the first argument
   */
  public record Settle(List<MethodTarget> methods, Expression id) {
    /** Copies the methods. */
    public Settle {
      methods = List.copyOf(methods);
    }
  }

  /** What becomes of a message. */
  public enum Settlement {
    ACK,
    NACK,
    DEAD_LETTER,
    EXPIRED
  }
}
