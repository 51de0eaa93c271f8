package io.metricsagent.api;

/**
 * One request to a model, as the application describes it. A value that is not set is unknown: it
 * is recorded as absent, not as 0.
 *
 * <pre>{@code
 * collector.recordAdapterCall(
 *     AdapterCall.of("acme").model("acme-large").operation("chat").callMillis(340));
 * }</pre>
 *
 * <p>Not thread-safe. One object may describe several requests, one after another.
 */
public final class AdapterCall {
  private final String adapter;
  private String model;
  private String operation;
  private Long renderMillis;
  private Long callMillis;
  private Long parseMillis;
  private Long toolMillis;
  private TokenUsage usage;
  private String error;
  private boolean throttled;
  private String experiment;

  private AdapterCall(String adapter) {
    this.adapter = adapter;
  }

  /**
   * Begins the description of a request.
   *
   * @param adapter the provider or the client, such as {@code openai}; without a name the request
   *     is not recorded
   */
  public static AdapterCall of(String adapter) {
    return new AdapterCall(adapter);
  }

  /** Sets the model, such as {@code gpt-4.1-mini}. */
  public AdapterCall model(String model) {
    this.model = model;
    return this;
  }

  /** Sets the operation, such as {@code chat} or {@code embeddings}. */
  public AdapterCall operation(String operation) {
    this.operation = operation;
    return this;
  }

  /** Sets the time that preparing the request took, in milliseconds. */
  public AdapterCall renderMillis(long renderMillis) {
    this.renderMillis = renderMillis;
    return this;
  }

  /** Sets the time on the wire, in milliseconds. */
  public AdapterCall callMillis(long callMillis) {
    this.callMillis = callMillis;
    return this;
  }

  /** Sets the time that reading the answer took, in milliseconds. */
  public AdapterCall parseMillis(long parseMillis) {
    this.parseMillis = parseMillis;
    return this;
  }

  /** Sets the time that the tools took, in milliseconds. */
  public AdapterCall toolMillis(long toolMillis) {
    this.toolMillis = toolMillis;
    return this;
  }

  /** Sets the number of tokens. */
  public AdapterCall usage(TokenUsage usage) {
    this.usage = usage;
    return this;
  }

  /**
   * Sets the type of the error that the request failed with.
   *
   * @param error {@code null} for a success; {@code cancelled} for a request that the application
   *     gave up, which is neither a success nor an error
   */
  public AdapterCall error(String error) {
    this.error = error;
    return this;
  }

  /** Sets whether the request was rate-limited, whether it failed or not. */
  public AdapterCall throttled(boolean throttled) {
    this.throttled = throttled;
    return this;
  }

  /**
   * Sets the experiment to which the request belongs.
   *
   * @param experiment the experiment, or {@code null} for the one that the setting {@code
   *     metrics.agent.experiment} names
   */
  public AdapterCall experiment(String experiment) {
    this.experiment = experiment;
    return this;
  }

  /**
   * Returns the provider or the client; {@code null} if {@link #of} was called with {@code null}.
   */
  public String adapter() {
    return adapter;
  }

  /** Returns the model; {@code null} if it is not known. */
  public String model() {
    return model;
  }

  /** Returns the operation; {@code null} if it is not known. */
  public String operation() {
    return operation;
  }

  /**
   * Returns the time that preparing the request took, in milliseconds; {@code null} if it is not
   * known.
   */
  public Long renderMillis() {
    return renderMillis;
  }

  /** Returns the time on the wire, in milliseconds; {@code null} if it is not known. */
  public Long callMillis() {
    return callMillis;
  }

  /**
   * Returns the time that reading the answer took, in milliseconds; {@code null} if it is not
   * known.
   */
  public Long parseMillis() {
    return parseMillis;
  }

  /** Returns the time that the tools took, in milliseconds; {@code null} if it is not known. */
  public Long toolMillis() {
    return toolMillis;
  }

  /** Returns the number of tokens; {@code null} if it is not known. */
  public TokenUsage usage() {
    return usage;
  }

  /** Returns the type of the error; {@code null} for a success. */
  public String error() {
    return error;
  }

  /** Returns whether the request was rate-limited. */
  public boolean throttled() {
    return throttled;
  }

  /** Returns the experiment; {@code null} for the one that the setting names. */
  public String experiment() {
    return experiment;
  }
}
