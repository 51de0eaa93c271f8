package io.metricsagent.agent.wandb;

import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads one run from the tokens of a JSON parser, and keeps only what becomes a gauge, so a summary
 * of any size takes little memory. Used by one thread.
 */
final class RunParser {
  /** Python writes NaN and infinite numbers, which JSON does not have. */
  static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** Of more values in one summary the first ones are kept. */
  static final int MAX_VALUES = 1000;

  /** Longer ids and names of values are not kept: no receiver takes such tags. */
  static final int MAX_TAG = 200;

  /** The names of {@code run.sps} in a summary; the first one wins. */
  static final String SPS = "overview/steps_per_second";

  static final String SPS_BEFORE = "overview/sps";

  private static final String GPU = "gpu_utilization";
  private static final Set<String> STEPS = Set.of(SPS, SPS_BEFORE);

  private final Map<String, RunField> fields;

  /** The sum and the number of the GPUs of the run that is being read. */
  private double gpus;

  private int gpuCount;

  RunParser(Map<String, RunField> fields) {
    this.fields = fields;
  }

  /**
   * Reads a run. Fields of another type than the documented one count as absent.
   *
   * @param parser at the start of an object; afterwards at its end
   */
  WandbRun read(JsonParser parser) {
    WandbRun run = new WandbRun();
    gpus = 0;
    gpuCount = 0;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      RunField field = fields.get(name);
      if (field != null) {
        field(run, field, value, parser);
      }
      parser.skipChildren();
    }
    if (Double.isNaN(run.gpuUtilization) && gpuCount > 0) {
      run.gpuUtilization = gpus / gpuCount;
    }
    return run;
  }

  private void field(WandbRun run, RunField field, JsonToken value, JsonParser parser) {
    switch (field) {
      case ID -> run.id = tag(value, parser);
      case NAME -> run.name = text(value, parser);
      case STATE -> run.state = text(value, parser);
      case CREATED -> run.created = time(value, parser);
      case HEARTBEAT -> run.heartbeat = time(value, parser);
      case SWEEP -> run.inSweep = isNamed(value, parser);
      case SUMMARY -> values(run, value, parser, true);
      case SYSTEM -> values(run, value, parser, false);
    }
  }

  private static String text(JsonToken value, JsonParser parser) {
    String text = value == JsonToken.VALUE_STRING ? parser.getString().strip() : "";
    return text.isEmpty() ? null : text;
  }

  private static String tag(JsonToken value, JsonParser parser) {
    String text = text(value, parser);
    return text == null || text.length() > MAX_TAG ? null : text;
  }

  /** Returns whether a sweep is named: by a text, or by an object that describes it. */
  private static boolean isNamed(JsonToken value, JsonParser parser) {
    return value == JsonToken.START_OBJECT || text(value, parser) != null;
  }

  private static double time(JsonToken value, JsonParser parser) {
    if (value.isNumeric()) {
      return parser.getDoubleValue();
    }
    return value == JsonToken.VALUE_STRING ? RunTimes.parse(parser.getString()) : Double.NaN;
  }

  /** Reads an object of values, or a text that contains one, as the API has it. */
  private void values(WandbRun run, JsonToken value, JsonParser parser, boolean all) {
    if (value == JsonToken.START_OBJECT) {
      object(run, parser, all);
    } else if (value == JsonToken.VALUE_STRING) {
      try (JsonParser inner = JSON.createParser(ObjectReadContext.empty(), parser.getString())) {
        if (inner.nextToken() == JsonToken.START_OBJECT) {
          object(run, inner, all);
        }
      } catch (JacksonException e) {
        run.unreadValues++;
      }
    }
  }

  private void object(WandbRun run, JsonParser parser, boolean all) {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (value.isNumeric() && !name.startsWith("_")) { // names of W&B itself, such as _runtime
        number(run, name, parser, all);
      }
      parser.skipChildren();
    }
  }

  private void number(WandbRun run, String name, JsonParser parser, boolean all) {
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      if (!parser.isNaN()) { // a number like 1e999, not a NaN or an infinite number of Python's
        run.unreadValues++;
      }
      return;
    }
    if (lastPart(name).equals(GPU)) {
      run.gpuUtilization = value;
    } else if (isOneGpu(name)) {
      gpus += value;
      gpuCount++;
    } else if (all) {
      keep(run, name, value);
    }
  }

  private static void keep(WandbRun run, String name, double value) {
    boolean room = run.values.size() < MAX_VALUES || run.values.containsKey(name);
    if (STEPS.contains(name) || (room && name.length() <= MAX_TAG && !name.isBlank())) {
      run.values.put(name, value);
    } else {
      run.unreadValues++;
    }
  }

  private static String lastPart(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('.')) + 1);
  }

  /** Returns whether a name is W&B's own for the utilization of one GPU: system.gpu.0.gpu. */
  private static boolean isOneGpu(String name) {
    String[] parts = name.split("\\.", -1);
    return parts.length == 4
        && parts[0].equals("system")
        && parts[1].equals("gpu")
        && parts[3].equals("gpu");
  }
}
