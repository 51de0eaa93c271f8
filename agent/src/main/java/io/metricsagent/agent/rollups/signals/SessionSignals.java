package io.metricsagent.agent.rollups.signals;

import java.util.Locale;

/**
 * What is known of one session, of which signals are added in any order. Its size does not grow
 * with the number of signals. Not thread-safe.
 */
final class SessionSignals {
  private final String key;
  private final Edges edges = new Edges();
  private final Providers providers = new Providers();
  private final Earliest model = new Earliest();
  private String stream;
  private Samples samples;
  private boolean noCapacity;
  private long errors;
  private long excusable;
  private long swaps;

  SessionSignals(String key) {
    this.key = key;
  }

  void add(Signal signal, Excuses excuses) {
    stream(signal.streamId);
    edges.any(signal.at);
    providers.add(signal.at, signal.provider);
    model.offer(signal.at, signal.model);
    switch (signal.kind) {
      case TRACE -> trace(signal);
      case EVENT -> event(signal, excuses);
      case STATUS -> {
        samples = samples == null ? new Samples() : samples;
        samples.add(signal);
      }
    }
  }

  /**
   * Two streams may make the same key: {@code a} with {@code b|c}, and {@code a|b} with {@code c}.
   */
  private void stream(String id) {
    if (!SessionKey.isBlank(id)) {
      String stripped = id.strip();
      stream = stream == null || stripped.compareTo(stream) < 0 ? stripped : stream;
    }
  }

  private void trace(Signal signal) {
    switch (signal.type == null ? "" : signal.type.strip()) {
      case "gateway_receive_stream_request" -> edges.request(signal.at);
      case "gateway_receive_first_processed_segment" -> edges.firstOutput(signal.at);
      case "gateway_receive_few_processed_segments" -> edges.fewOutputs(signal.at);
      case "gateway_no_orchestrators_available" -> noCapacity = true;
      case "orchestrator_swap" -> swaps++;
      default -> {
        // Other steps, such as the end of a stream, say nothing about its start.
      }
    }
  }

  private void event(Signal signal, Excuses excuses) {
    String type = signal.type == null ? "" : signal.type.strip().toLowerCase(Locale.ROOT);
    if (type.equals("error")) {
      errors++;
      excusable += excuses.excuse(signal.message) ? 1 : 0;
    }
  }

  /** Returns the id of the session's stream, or {@code null} if no signal has one. */
  String stream() {
    return stream;
  }

  /** Returns the reports of the stream's state, or {@code null} if there is none. */
  Samples samples() {
    return samples;
  }

  SessionFacts facts() {
    boolean known = edges.hasRequest();
    boolean succeeded = edges.hasFewOutputs();
    return new SessionFacts(
        key,
        edges.start(),
        SessionClass.of(known, succeeded, noCapacity, errors, excusable),
        succeeded,
        errors,
        excusable,
        swaps,
        providers.changes(),
        edges.untilFirstOutput(),
        edges.untilFewOutputs(),
        providers.first(),
        model.text());
  }
}
