package io.metricsagent.agent.cli;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one call. A field that is missing or {@code null} is unknown; a field with an
 * impossible value is reported, and is then unknown too.
 */
final class CallFields {
  static final long UNKNOWN = -1;

  /** About 31 years. A longer time is a mistake, and sums of such times would overflow. */
  private static final double MAX_MILLIS = 1e12;

  private static final double NANOS_PER_MILLI = 1e6;

  private final JsonNode call;
  private final Consumer<String> problems;

  /**
   * Wraps one JSON object.
   *
   * @param problems gets a message for each field that is wrong
   */
  CallFields(JsonNode call, Consumer<String> problems) {
    this.call = call;
    this.problems = problems;
  }

  /** Returns a nested object; an unknown one has no fields. */
  CallFields object(String name) {
    JsonNode node = call.path(name);
    if (!node.isObject() && !isUnknown(node)) {
      report(name, node, "an object");
    }
    return new CallFields(node, problems);
  }

  String requiredText(String name) throws BadCallException {
    String text = text(name);
    if (text == null || text.isBlank()) {
      throw new BadCallException("the field " + name + " is missing");
    }
    return text;
  }

  /** Returns text or {@code null}. */
  String text(String name) {
    JsonNode node = call.path(name);
    if (isUnknown(node)) {
      return null;
    }
    if (!node.isString()) {
      report(name, node, "text");
      return null;
    }
    return node.asString();
  }

  /**
   * Returns a code, text or a number such as 429, or {@code null}. Any other value than {@code
   * false} is an error without a code, returned as the empty text.
   */
  String code(String name) {
    JsonNode node = call.path(name);
    if (isUnknown(node)) {
      return null;
    }
    if (node.isString() || node.isIntegralNumber()) {
      return node.asString();
    }
    report(name, node, "text");
    return node.isBoolean() && !node.asBoolean() ? null : "";
  }

  /** Returns a duration given in milliseconds as nanoseconds, or {@link #UNKNOWN}. */
  long nanos(String name) {
    JsonNode node = call.path(name);
    if (isUnknown(node)) {
      return UNKNOWN;
    }
    double millis = node.isNumber() ? node.asDouble() : -1;
    if (!(millis >= 0 && millis <= MAX_MILLIS)) {
      report(name, node, "milliseconds from 0");
      return UNKNOWN;
    }
    return Math.round(millis * NANOS_PER_MILLI);
  }

  long requiredNanos(String name) throws BadCallException {
    long nanos = nanos(name);
    if (nanos == UNKNOWN) {
      throw new BadCallException("the field " + name + " has no value; write milliseconds from 0");
    }
    return nanos;
  }

  /** Returns a whole number not below {@code min}, or {@link #UNKNOWN}. */
  long count(String name, long min) {
    JsonNode node = call.path(name);
    if (isUnknown(node)) {
      return UNKNOWN;
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < min) {
      report(name, node, "a whole number from " + min);
      return UNKNOWN;
    }
    return node.asLong();
  }

  /** Returns a truth value or {@code null}. */
  Boolean bool(String name) {
    JsonNode node = call.path(name);
    if (isUnknown(node)) {
      return null;
    }
    if (!node.isBoolean()) {
      report(name, node, "true or false");
      return null;
    }
    return node.asBoolean();
  }

  private static boolean isUnknown(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private void report(String name, JsonNode node, String expected) {
    String text = node.toString();
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    problems.accept(name + " is " + shown + ", not " + expected + "; it is treated as unknown");
  }
}
