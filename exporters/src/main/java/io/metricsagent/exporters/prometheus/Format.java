package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** The formats of an answer, and the choice between them. */
enum Format {
  /** Prometheus's own text format, used if a request names no format. */
  TEXT("text/plain; version=0.0.4; charset=utf-8"),
  /** The OpenMetrics standard, which adds units and the time when a series was created. */
  OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8"),
  /** Prometheus's protobuf format, with native histograms beside the classic buckets. */
  PROTOBUF(ProtobufFormat.CONTENT_TYPE);

  private final String contentType;

  Format(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /**
   * Returns the format that a request prefers.
   *
   * @param accept the header {@code Accept}, or {@code null}
   */
  static Format preferred(String accept) {
    Format best = TEXT;
    double bestQuality = 0;
    for (String range : accept == null ? new String[0] : accept.split(",", -1)) {
      Format format = of(range.toLowerCase(Locale.ROOT));
      double quality = quality(range);
      if (format != null && quality > bestQuality) {
        best = format;
        bestQuality = quality;
      }
    }
    return best;
  }

  private static Format of(String range) {
    String type = range.split(";", 2)[0].trim();
    return switch (type) {
      case "application/vnd.google.protobuf" ->
          range.contains(ProtobufFormat.MESSAGE.toLowerCase(Locale.ROOT))
                  && range.contains("delimited")
              ? PROTOBUF
              : null;
      case "application/openmetrics-text" -> OPEN_METRICS;
      case "text/plain", "text/*", "*/*" -> TEXT;
      default -> null;
    };
  }

  private static double quality(String range) {
    for (String parameter : range.split(";", -1)) {
      String trimmed = parameter.trim();
      if (trimmed.startsWith("q=")) {
        try {
          return Double.parseDouble(trimmed.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }

  void write(MetricsSnapshot snapshot, OutputStream out) throws IOException {
    long createdMillis = snapshot.startedAt().toEpochMilli();
    MetricsWriter writer =
        switch (this) {
          case TEXT -> new TextFormat(out, false, createdMillis);
          case OPEN_METRICS -> new TextFormat(out, true, createdMillis);
          case PROTOBUF -> new ProtobufFormat(out, createdMillis);
        };
    PrometheusMetrics.write(snapshot, writer);
  }
}
