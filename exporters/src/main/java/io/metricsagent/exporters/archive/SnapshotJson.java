package io.metricsagent.exporters.archive;

import io.metricsagent.bootstrap.measures.Catalogue;
import io.metricsagent.bootstrap.measures.Kind;
import io.metricsagent.bootstrap.measures.Label;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.snapshot.AgentSnapshot;
import io.metricsagent.bootstrap.snapshot.GaugePoint;
import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;
import io.metricsagent.exporters.JsonLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a snapshot as JSON, schema version 1: snake case, times in ISO-8601 UTC, latencies in
 * milliseconds, {@code null} for what is not known. The field {@code mcp} is left out if there are
 * no requests of the Model Context Protocol.
 *
 * <p>The static methods are thread-safe.
 */
public final class SnapshotJson {
  /** The value of {@code schema_version}, which is raised when the meaning of a field changes. */
  public static final int SCHEMA_VERSION = 1;

  /** The array of raw values, which is absent if there are none. */
  static final String POINTS = "points";

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;
  private final ByteArrayOutputStream bytes;
  private final HistogramJson histograms = new HistogramJson();

  private SnapshotJson(JsonGenerator json, ByteArrayOutputStream bytes) {
    this.json = json;
    this.bytes = bytes;
  }

  /**
   * Writes a snapshot in UTF-8.
   *
   * @param out the stream, which is flushed and left open
   * @throws IOException if {@code out} fails
   */
  public static void write(MetricsSnapshot snapshot, OutputStream out) throws IOException {
    // The JSON is made in memory first: the generator buffers anyway, closing it must not close the
    // caller's stream, and an error of the disk then stays a plain IOException.
    out.write(toBytes(snapshot));
    out.flush();
  }

  /** Returns a snapshot as JSON in UTF-8. */
  public static byte[] toBytes(MetricsSnapshot snapshot) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
    try (JsonGenerator json = FACTORY.createGenerator(new JsonLayout(), bytes)) {
      new SnapshotJson(json, bytes).snapshot(snapshot);
    } catch (JacksonIOException e) {
      throw new IllegalStateException("memory does not fail to be written to", e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private void snapshot(MetricsSnapshot snapshot) {
    json.writeStartObject();
    json.writeNumberProperty("schema_version", SCHEMA_VERSION);
    json.writeStringProperty("captured_at", snapshot.capturedAt().toString());
    json.writeStringProperty("started_at", snapshot.startedAt().toString());
    text("worker_id", snapshot.workerId());
    text("service_name", snapshot.serviceName());
    sections(snapshot);
    points(snapshot.points());
    agent(snapshot.agent());
    json.writeEndObject();
  }

  private void sections(MetricsSnapshot snapshot) {
    Set<String> written = new HashSet<>();
    for (Kind kind : Catalogue.KINDS) {
      List<SeriesSnapshot> series = snapshot.section(kind.section());
      if (written.add(kind.section()) && !(kind.isRare() && series.isEmpty())) {
        json.writeArrayPropertyStart(kind.section());
        series.forEach(this::series);
        json.writeEndArray();
      }
    }
  }

  private void points(List<GaugePoint> points) {
    if (points.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart(POINTS);
    for (GaugePoint point : points) {
      json.writeStartObject();
      json.writeStringProperty("name", point.measure().name());
      json.writeObjectPropertyStart("tags");
      point.tags().forEach(this::text);
      json.writeEndObject();
      json.writeNumberProperty("value", point.value());
      json.writeStringProperty("at", point.at().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void series(SeriesSnapshot series) {
    json.writeStartObject();
    List<Label> labels = series.kind().labels();
    for (int i = 0; i < labels.size(); i++) {
      text(labels.get(i).json(), series.label(i));
    }
    for (Measure measure : series.kind().measures()) {
      if (measure.json() != null) {
        value(measure, series);
      }
    }
    json.writeEndObject();
  }

  private void value(Measure measure, SeriesSnapshot series) {
    String field = measure.json();
    switch (measure.type()) {
      case LATENCY, OUTCOMES -> {
        HistogramSnapshot histogram = series.histogram(measure);
        if (!(measure.isSparse() && histogram.isEmpty())) {
          histogram(field, histogram);
        }
      }
      case DISTRIBUTION -> {
        json.writeArrayPropertyStart(field);
        for (long count : series.distribution(measure)) {
          json.writeNumber(count);
        }
        json.writeEndArray();
      }
      case FIRST_TIME -> number(field, millis(series.numberOrNull(measure)));
      case ERROR_TYPES -> counts(field, series.calls().errorTypes());
      case ERROR_CODES -> counts(field, series.calls().errorCodes());
      case ERROR_RATE -> number(field, series.calls().errorRate());
      default -> number(measure, series.number(measure));
    }
  }

  private void number(Measure measure, long value) {
    boolean known = value != SeriesSnapshot.UNKNOWN;
    if (measure.isSparse() && (!known || (value == 0 && measure.type().isCounter()))) {
      return;
    }
    if (known) {
      json.writeNumberProperty(measure.json(), value);
    } else {
      json.writeNullProperty(measure.json());
    }
  }

  private void agent(AgentSnapshot agent) {
    json.writeObjectPropertyStart("agent");
    text("version", agent.version());
    json.writeArrayPropertyStart("instrumentations");
    for (InstrumentationSnapshot instrumentation : agent.instrumentations()) {
      json.writeStartObject();
      text("name", instrumentation.name());
      json.writeNumberProperty("woven_methods", instrumentation.wovenMethods());
      json.writeNumberProperty("skipped", instrumentation.skipped());
      json.writeNumberProperty("errors", instrumentation.errors());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("series_dropped", agent.seriesDropped());
    json.writeEndObject();
  }

  private static Double millis(Long nanos) {
    return nanos == null ? null : Double.valueOf(nanos / (double) HistogramLayout.NANOS_PER_MILLI);
  }

  /** Writes past the generator, which would copy the text character by character. */
  private void histogram(String name, HistogramSnapshot histogram) {
    json.writeName(name);
    json.writeRawValue("");
    json.flush();
    bytes.writeBytes(histograms.write(histogram));
  }

  private void counts(String name, Map<String, Long> counts) {
    json.writeObjectPropertyStart(name);
    counts.forEach(json::writeNumberProperty);
    json.writeEndObject();
  }

  private void text(String name, String value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, value);
    }
  }

  private void number(String name, Double value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, value.doubleValue());
    }
  }
}
