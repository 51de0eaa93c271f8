package io.metricsagent.instrumentations.libraries.api;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.targets.Privileges;
import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.rules.Telemetry;

/**
 * The handler of the collector that an application gets: it records the calls of {@code
 * MetricsCollector} in the registry. Thread-safe.
 */
final class CollectorCalls extends StandIn {
  private final Telemetry telemetry;
  private final Registry registry;
  private final BadValues badValues;
  private final AdapterCalls adapterCalls;

  /**
   * Makes the handler of one collector.
   *
   * @param nothing the collector that does nothing, which the application would get without the
   *     agent
   */
  CollectorCalls(Object nothing, Telemetry telemetry, BadValues badValues) {
    super(nothing);
    this.telemetry = telemetry;
    this.badValues = badValues;
    registry = telemetry.registry();
    adapterCalls = new AdapterCalls(registry, telemetry.contexts(), badValues);
  }

  @Override
  protected void calling(String method, Object[] args) {
    switch (method) {
      case "recordAdapterCall" -> adapterCalls.record(args[0]);
      case "recordToolCall" -> recordToolCall(args);
      case "recordMessageReceived" -> recordMessageReceived((String) args[0], args);
      case "recordMessageAck" -> {
        if (hasQueue(method, args)) {
          registry.recordMessageAck((String) args[0]);
        }
      }
      case "recordMessageNack" -> {
        if (hasQueue(method, args)) {
          registry.recordMessageNack((String) args[0]);
        }
      }
      case "recordMessageExpired" -> {
        if (hasQueue(method, args)) {
          registry.recordMessageExpired((String) args[0]);
        }
      }
      case "recordMessageDeadLettered" -> {
        if (hasQueue(method, args)) {
          registry.recordMessageDeadLettered((String) args[0]);
        }
      }
      case "recordQueueDepth" -> recordQueueDepth((String) args[0], (long) args[1]);
      case "reset" -> registry.reset();
      default -> {} // snapshots are made in returned; a newer interface may have more methods
    }
  }

  private void recordToolCall(Object[] args) {
    String tool = (String) args[0];
    if (badValues.isName("recordToolCall", "tool", tool)) {
      long millis = badValues.time("recordToolCall", "latencyMillis", (Long) args[1]);
      String own = args.length > 4 ? known(args[4]) : null;
      String experiment = own == null ? telemetry.contexts().get(ContextField.EXPERIMENT) : own;
      registry.recordToolCall(tool, millis, (boolean) args[2], known(args[3]), experiment);
    }
  }

  /** Returns a text; {@code null} if it is blank. */
  private static String known(Object text) {
    return text == null || ((String) text).isBlank() ? null : (String) text;
  }

  private void recordMessageReceived(String queue, Object[] args) {
    if (badValues.isName("recordMessageReceived", "queue", queue)) {
      int delivery = (int) args[1];
      if (delivery < 1) {
        badValues.say(
            "recordMessageReceived",
            "deliveryCount",
            String.valueOf(delivery),
            "the message was recorded without a delivery count; pass 1 for the first delivery");
      }
      long age = badValues.time("recordMessageReceived", "ageMillis", (Long) args[2]);
      registry.recordMessageReceived(queue, delivery, age);
    }
  }

  private boolean hasQueue(String method, Object[] args) {
    return badValues.isName(method, "queue", (String) args[0]);
  }

  private void recordQueueDepth(String queue, long depth) {
    if (depth < 0) {
      badValues.say(
          "recordQueueDepth", "depth", String.valueOf(depth), "the call was not recorded");
    } else if (badValues.isName("recordQueueDepth", "queue", queue)) {
      registry.recordQueueDepth(queue, depth);
    }
  }

  @Override
  protected Object returned(String method, Object result) {
    boolean reset = method.equals("snapshotAndReset");
    if (!reset && !method.equals("snapshot")) {
      return result;
    }
    return Privileges.areAsked() ? Privileges.with(() -> snapshot(reset)) : snapshot(reset);
  }

  private String snapshot(boolean reset) {
    MetricsSnapshot snapshot = reset ? registry.snapshotAndReset() : registry.snapshot();
    return telemetry.json().apply(snapshot);
  }
}
