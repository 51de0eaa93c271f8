package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;

/**
 * Live metrics of one adapter series: (adapter, model, operation, experiment).
 *
 * <p>{@link #record} is lock-free and allocates nothing once the series has seen its octaves and
 * error types.
 */
public final class AdapterMetrics extends LiveSeries<AdapterSnapshot> {
  /** A duration or a number of tokens that is not known. */
  public static final long UNKNOWN = -1;

  private final LazyHistogram render = new LazyHistogram();
  private final LazyHistogram call = new LazyHistogram();
  private final LazyHistogram parse = new LazyHistogram();
  private final LazyHistogram tool = new LazyHistogram();
  private final LazyHistogram timeToFirstToken = new LazyHistogram();
  private final LazyHistogram inputTokens = new LazyHistogram();
  private final LazyHistogram outputTokens = new LazyHistogram();
  private final Counter cachedTokens = new Counter();
  private final Counter throttles = new Counter();
  private final CallOutcomes outcomes = new CallOutcomes();

  AdapterMetrics(String adapter, String model, String operation, String experiment) {
    super(adapter, model, operation, experiment);
  }

  /**
   * Counts one answer that said "too many requests", at the moment it came, whatever becomes of the
   * call.
   */
  public void recordThrottle() {
    throttles.inc();
  }

  /**
   * Records one request. Times are nanoseconds; {@link #UNKNOWN} leaves a field out.
   *
   * @param totalNanos the whole request; always known
   * @param errorType {@code null} for success
   */
  public void record(
      long renderNanos,
      long callNanos,
      long parseNanos,
      long toolNanos,
      long firstTokenNanos,
      long totalNanos,
      long input,
      long output,
      long cached,
      String errorType) {
    begin(1);
    render.recordKnown(renderNanos);
    call.recordKnown(callNanos);
    parse.recordKnown(parseNanos);
    tool.recordKnown(toolNanos);
    timeToFirstToken.recordKnown(firstTokenNanos);
    inputTokens.recordKnownUnits(input);
    outputTokens.recordKnownUnits(output);
    if (cached > 0) {
      cachedTokens.inc(cached);
    }
    outcomes.record(errorType, totalNanos);
  }

  @Override
  long finished() {
    return outcomes.total();
  }

  @Override
  AdapterSnapshot read() {
    return new AdapterSnapshot(
        first(),
        second(),
        third(),
        fourth(),
        render.read(),
        call.read(),
        parse.read(),
        tool.read(),
        outcomes.readSucceeded(),
        outcomes.readFailed(),
        timeToFirstToken.read(),
        inputTokens.read(),
        outputTokens.read(),
        cachedTokens.value(),
        throttles.value());
  }

  @Override
  void clear() {
    render.clearExtremes();
    call.clearExtremes();
    parse.clearExtremes();
    tool.clearExtremes();
    timeToFirstToken.clearExtremes();
    inputTokens.clearExtremes();
    outputTokens.clearExtremes();
    outcomes.clearExtremes();
  }
}
