package io.metricsagent.agent.serve;

import io.metricsagent.agent.files.SkippedLines;
import io.metricsagent.agent.rollups.Dimension;
import io.metricsagent.agent.rollups.FigureReport;
import io.metricsagent.agent.rollups.Grouping;
import io.metricsagent.agent.rollups.HourRange;
import io.metricsagent.agent.rollups.RollupFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Answers with one view of the rollups, read anew for each request: a row for each hour, adapter,
 * model, worker and experiment, or for what {@code by} names. Thread-safe.
 */
final class MetricsRoute implements ApiRoute {
  private static final Set<String> PARAMETERS = new TreeSet<>(Set.of("by", "from", "to"));

  /** The routes, each with the figures of its rows. */
  enum View {
    GPU_METRICS(
        "/gpu/metrics",
        "status_samples",
        "known_sessions",
        "startup_success_sessions",
        "excused_sessions",
        "unexcused_sessions",
        "swapped_sessions",
        "output_fps_samples",
        "avg_output_fps",
        "p95_output_fps",
        "jitter_coeff_fps",
        "failure_rate",
        "swap_rate",
        "valid_prompt_to_first_frame_count",
        "avg_prompt_to_first_frame_ms",
        "p95_prompt_to_first_frame_ms",
        "valid_startup_time_count",
        "avg_startup_time_ms",
        "p95_startup_time_ms",
        "valid_e2e_latency_count",
        "avg_e2e_latency_ms",
        "p95_e2e_latency_ms"),
    NETWORK_DEMAND(
        "/network/demand",
        "total_streams",
        "total_sessions",
        "total_inference_minutes",
        "known_sessions",
        "unexcused_sessions",
        "swapped_sessions",
        "missing_capacity_count",
        "fee_payment_eth",
        "output_fps_samples",
        "avg_output_fps",
        "success_ratio"),
    SLA_COMPLIANCE(
        "/sla/compliance",
        "known_sessions",
        "startup_success_sessions",
        "excused_sessions",
        "unexcused_sessions",
        "swapped_sessions",
        "success_ratio",
        "no_swap_ratio",
        "sla_score");

    private final String path;
    private final List<String> figures;

    View(String path, String... figures) {
      this.path = path;
      this.figures = List.of(figures);
    }
  }

  private final View view;
  private final List<Path> folders;

  /**
   * Makes a route.
   *
   * @param folders with files of rollups; a folder that does not exist has none
   */
  MetricsRoute(View view, List<Path> folders) {
    this.view = view;
    this.folders = List.copyOf(folders);
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String pattern() {
    return view.path;
  }

  @Override
  public boolean matches(String path) {
    return path.equals(view.path);
  }

  @Override
  public String answer(ApiRequest request) throws IOException, ApiException {
    Map<String, String> parameters = request.parameters(PARAMETERS);
    Grouping grouping = new Grouping(dimensions(parameters.get("by")));
    HourRange range;
    try {
      range = HourRange.parse(parameters.get("from"), parameters.get("to"));
    } catch (IllegalArgumentException e) {
      throw new ApiException(ApiException.BAD_REQUEST, e.getMessage());
    }
    long skipped = read(range, grouping);
    return FigureReport.of(range, grouping, view.figures, skipped);
  }

  private static Set<Dimension> dimensions(String by) throws ApiException {
    if (by == null) {
      return EnumSet.allOf(Dimension.class);
    }
    Set<Dimension> dimensions = new LinkedHashSet<>();
    for (String name : by.split(",")) {
      try {
        dimensions.add(Dimension.valueOf(name.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new ApiException(
            ApiException.BAD_REQUEST,
            "by=" + by + ": give one or more of hour, adapter, model, worker, experiment");
      }
    }
    return dimensions;
  }

  private long read(HourRange range, Grouping grouping) throws IOException {
    long skipped = 0;
    for (Path folder : folders) {
      for (Path file : Files.isDirectory(folder) ? RollupFiles.in(folder) : List.<Path>of()) {
        try (InputStream in = Files.newInputStream(file)) {
          SkippedLines lines = RollupFiles.read(in, range, grouping::add, bytes -> {});
          skipped += lines.count();
        } catch (NoSuchFileException e) {
          continue; // it was deleted meanwhile
        }
      }
    }
    return skipped;
  }
}
