package io.metricsagent.agent.rollups;

import io.metricsagent.agent.files.JsonText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All figures of a rollup by name, the sums and what is computed from them. A figure without
 * evidence is {@code null}. Durations are in milliseconds, rates in pieces a second, and names with
 * {@code fps} are other names of the same rates. Stateless.
 */
public final class Figures {
  /** From millionths to one. */
  private static final long ONE = Quantity.UNITS;

  /** From microseconds to milliseconds. */
  private static final long MICROS = 1_000;

  /** A report of a stream's state is made each second. */
  private static final double SAMPLES_OF_MINUTE = 60;

  private static final double P50 = 0.5;
  private static final double P95 = 0.95;
  private static final double P99 = 0.99;

  private Figures() {}

  /** Returns the figures: numbers of type {@link Long} and {@link Double}, or {@code null}. */
  public static Map<String, Object> of(Rollup rollup) {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Counter counter : Counter.values()) {
      figures.put(counter.field(), rollup.get(counter));
    }
    figures.put("total_inference_minutes", rollup.get(Counter.STATUS_SAMPLES) / SAMPLES_OF_MINUTE);
    // Nothing that the agent measures has a fee.
    figures.put("fee_payment_eth", null);
    SlaFigures sla = SlaFigures.of(rollup);
    figures.put("success_ratio", sla.successRatio());
    figures.put("no_swap_ratio", sla.noSwapRatio());
    figures.put("sla_score", sla.slaScore());
    figures.put("failure_rate", sla.failureRate());
    figures.put("swap_rate", sla.swapRate());
    rate(figures, rollup.distribution(Quantity.OUTPUT_RATE), "output_rate");
    rate(figures, rollup.distribution(Quantity.OUTPUT_RATE), "output_fps");
    times(figures, rollup.distribution(Quantity.PROMPT_TO_FIRST_FRAME), "prompt_to_first_frame");
    times(figures, rollup.distribution(Quantity.STARTUP_TIME), "startup_time");
    times(figures, rollup.distribution(Quantity.E2E_LATENCY), "e2e_latency");
    return figures;
  }

  private static void rate(Map<String, Object> figures, Distribution rates, String name) {
    figures.put(name + "_samples", rates.count());
    figures.put("avg_" + name, rates.mean(ONE));
    figures.put("p95_" + name, rates.percentile(P95, ONE));
    figures.put(
        "jitter_coeff_" + name.substring("output_".length()), rates.coefficientOfVariation());
  }

  private static void times(Map<String, Object> figures, Distribution times, String name) {
    figures.put("valid_" + name + "_count", times.count());
    figures.put("avg_" + name + "_ms", times.mean(MICROS));
    figures.put("p50_" + name + "_ms", times.percentile(P50, MICROS));
    figures.put("p95_" + name + "_ms", times.percentile(P95, MICROS));
    figures.put("p99_" + name + "_ms", times.percentile(P99, MICROS));
  }

  /**
   * Appends one JSON object a group, separated by commas: the group's dimensions, then its figures.
   *
   * @param names the figures to write
   * @param indentation in front of each object
   */
  static void rows(
      StringBuilder json, Grouping grouping, Collection<String> names, String indentation) {
    String gap = "\n";
    for (Map.Entry<List<String>, Rollup> group : grouping.groups().entrySet()) {
      json.append(gap).append(indentation).append('{');
      for (int i = 0; i < grouping.dimensions().size(); i++) {
        JsonText.string(
            JsonText.name(json, grouping.dimensions().get(i).field()), group.getKey().get(i));
        json.append(", ");
      }
      Map<String, Object> figures = of(group.getValue());
      for (String name : names) {
        JsonText.name(json, name).append(figures.get(name)).append(", ");
      }
      json.setLength(json.length() - 2);
      json.append('}');
      gap = ",\n";
    }
  }
}
