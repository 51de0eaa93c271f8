package io.metricsagent.agent.rollups;

import io.metricsagent.agent.runs.Window;
import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads lines that {@link RollupJson} has written. A line with a figure that cannot be true, such
 * as classes that do not add up to the known sessions, is refused as a whole. Not thread-safe.
 */
final class RollupParser {
  /** More than that many calls in an hour are not believed; sums of counts cannot overflow. */
  private static final long MAX_COUNT = 1_000_000_000_000L;

  /** The number of bits of the largest sum that is believed. */
  private static final int MAX_BITS = 200;

  private static final Map<String, Counter> COUNTERS = counters();
  private static final Map<String, Quantity> QUANTITIES = quantities();

  /** Thrown for a line that is JSON but no rollup. */
  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException() {
      super(null, null, false, false);
    }
  }

  private final JsonFactory factory = new JsonFactory();
  private long version;
  private String hour;
  private String adapter;
  private String model;
  private String worker;
  private String experiment;

  private static Map<String, Counter> counters() {
    Map<String, Counter> byField = new HashMap<>();
    for (Counter counter : Counter.values()) {
      byField.put(counter.field(), counter);
    }
    return byField;
  }

  private static Map<String, Quantity> quantities() {
    Map<String, Quantity> byField = new HashMap<>();
    for (Quantity quantity : Quantity.values()) {
      byField.put(quantity.field(), quantity);
    }
    return byField;
  }

  /** What a line says. */
  record Line(RollupKey key, Rollup rollup) {}

  /** Returns what a line says, or {@code null} if it is no rollup. */
  Line parse(byte[] bytes, int begin, int end) {
    version = 0;
    hour = null;
    adapter = null;
    model = null;
    worker = null;
    experiment = null;
    Rollup rollup = new Rollup();
    try (JsonParser json =
        factory.createParser(ObjectReadContext.empty(), bytes, begin, end - begin)) {
      require(json.nextToken() == JsonToken.START_OBJECT);
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        field(json, name, rollup);
      }
      require(json.nextToken() == null);
      require(version == RollupJson.VERSION && isConsistent(rollup));
      return new Line(new RollupKey(hour(), adapter, model, worker, experiment), rollup);
    } catch (JacksonException | RefusedException | DateTimeException | ArithmeticException e) {
      return null; // whatever is wrong with the line
    }
  }

  /** Returns whether a later version of the agent has written the last line. */
  boolean isLaterVersion() {
    return version > RollupJson.VERSION;
  }

  private void field(JsonParser json, String name, Rollup rollup) {
    JsonToken value = json.nextToken();
    switch (name) {
      case "schema_version" -> version = count(json);
      case "hour" -> hour = text(json, value);
      case "adapter" -> adapter = text(json, value);
      case "model" -> model = text(json, value);
      case "worker" -> worker = text(json, value);
      case "experiment" -> experiment = text(json, value);
      default -> {
        if (COUNTERS.containsKey(name)) {
          rollup.add(COUNTERS.get(name), count(json));
        } else if (QUANTITIES.containsKey(name)) {
          distribution(json, value, rollup.distribution(QUANTITIES.get(name)));
        } else {
          json.skipChildren();
        }
      }
    }
  }

  private static void distribution(JsonParser json, JsonToken begin, Distribution values) {
    require(begin == JsonToken.START_OBJECT);
    long count = 0;
    BigInteger sum = BigInteger.ZERO;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken value = json.nextToken();
      switch (name) {
        case "count" -> count = count(json);
        case "sum" -> sum = sum(json);
        case "sum_of_squares" -> values.addSquares(sum(json));
        case "buckets" -> buckets(json, value, values);
        default -> json.skipChildren();
      }
    }
    require(values.count() == count && values.sum().equals(sum));
    // The squares are at least those of equal values.
    require(values.squares().multiply(BigInteger.valueOf(count)).compareTo(sum.multiply(sum)) >= 0);
  }

  private static void buckets(JsonParser json, JsonToken begin, Distribution values) {
    require(begin == JsonToken.START_ARRAY);
    while (json.nextToken() == JsonToken.START_ARRAY) {
      json.nextToken();
      long index = count(json);
      json.nextToken();
      long count = count(json);
      json.nextToken();
      BigInteger sum = sum(json);
      require(index < HistogramLayout.BUCKETS && count > 0);
      values.addBucket((int) index, new Distribution.Bucket(count, sum));
      require(json.nextToken() == JsonToken.END_ARRAY);
    }
    require(json.currentToken() == JsonToken.END_ARRAY);
  }

  private static boolean isConsistent(Rollup rollup) {
    long known = rollup.get(Counter.KNOWN);
    long classes =
        rollup.get(Counter.SUCCESS) + rollup.get(Counter.EXCUSED) + rollup.get(Counter.UNEXCUSED);
    return classes == known
        && rollup.get(Counter.SWAPPED) <= known
        && known <= rollup.get(Counter.SESSIONS);
  }

  private long hour() {
    require(hour != null);
    Instant start = Instant.parse(hour);
    require(start.getNano() == 0 && start.getEpochSecond() % RollupKey.SECONDS_OF_HOUR == 0);
    require(Window.isOnCalendar(start.getEpochSecond()));
    return start.getEpochSecond() / RollupKey.SECONDS_OF_HOUR;
  }

  private static String text(JsonParser json, JsonToken value) {
    require(value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL);
    return value == JsonToken.VALUE_NULL ? null : json.getString();
  }

  private static long count(JsonParser json) {
    BigInteger number = sum(json);
    require(number.bitLength() < Long.SIZE && number.longValueExact() <= MAX_COUNT);
    return number.longValueExact();
  }

  private static BigInteger sum(JsonParser json) {
    require(json.currentToken() == JsonToken.VALUE_NUMBER_INT);
    BigInteger number = json.getBigIntegerValue();
    require(number.signum() >= 0 && number.bitLength() <= MAX_BITS);
    return number;
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new RefusedException();
    }
  }
}
