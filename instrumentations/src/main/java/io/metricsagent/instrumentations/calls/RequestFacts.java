package io.metricsagent.instrumentations.calls;

/**
 * The facts of a request to a model, collected while it is under way: its provider, the requested
 * and the answering model, its tokens, and its attempts on the wire. An unknown name is {@code
 * null}.
 *
 * <p>Each layer of a request has its own facts, but only the outermost layer counts attempts. Not
 * thread-safe: used by one thread at a time.
 */
public final class RequestFacts {
  private final Tokens tokens = new Tokens();
  private final Attempts attempts = new Attempts();
  private String provider;
  private String model;
  private String answeringModel;
  private String operation;

  /**
   * Whether the provider or the model is stated by a rule, so that no layer within knows better.
   */
  private boolean providerStated;

  private boolean modelStated;

  /** Made for the first request whose phases methods of the application show, then reused. */
  private PhaseTimes phases;

  private boolean hasPhases;

  RequestFacts() {}

  /** Returns the tokens; unknown counts are {@link Tokens#UNKNOWN}. */
  public Tokens tokens() {
    return tokens;
  }

  /** Returns the attempts on the wire. */
  public Attempts attempts() {
    return attempts;
  }

  /** Returns {@code gen_ai.provider.name}, or {@code null}. */
  public String provider() {
    return provider;
  }

  /** Returns the requested model, or {@code null}. */
  public String model() {
    return model;
  }

  /** Returns the model that answered, or {@code null}. */
  public String answeringModel() {
    return answeringModel;
  }

  /**
   * Returns the model to record: the requested model, or the answering one if no request named a
   * model.
   */
  public String recordedModel() {
    return model == null ? answeringModel : model;
  }

  /** Returns the operation, if something about the call says it; else {@code null}. */
  public String operation() {
    return operation;
  }

  /** Sets the operation; {@code null} if only the client's method says it. */
  public void operation(String newOperation) {
    operation = newOperation;
  }

  /** Returns what a rule has stated, for another frame of the same call. */
  public Stated stated() {
    return new Stated(
        providerStated ? provider : null,
        modelStated ? model : null,
        operation,
        hasPhases ? phases.copy() : null);
  }

  /** States what a rule has stated in another frame of the same call. */
  public void state(Stated stated) {
    stateProvider(stated.provider());
    stateModel(stated.model());
    operation = stated.operation();
    if (stated.phases() != null) {
      showPhases(0);
      phases.goOn(stated.phases());
    }
  }

  /**
   * What a rule has stated of a request; {@code null} where it states nothing.
   *
   * @param phases what the phases took so far
   */
  public record Stated(String provider, String model, String operation, PhaseTimes phases) {}

  /** Returns whether the provider and the requested model are known. */
  public boolean areNamed() {
    return provider != null && model != null;
  }

  /** Returns whether an answer could add nothing: the model to record and the tokens are known. */
  public boolean areComplete() {
    return recordedModel() != null && tokens.areKnown();
  }

  /** Replaces the provider; {@code null} changes nothing. */
  public void learnProvider(String newProvider) {
    if (newProvider != null && !providerStated) {
      provider = newProvider;
    }
  }

  /** Sets the provider for good; {@code null} changes nothing. */
  public void stateProvider(String newProvider) {
    if (newProvider != null) {
      provider = newProvider;
      providerStated = true;
    }
  }

  /** Sets the requested model for good; {@code null} changes nothing. */
  public void stateModel(String newModel) {
    if (newModel != null) {
      model = newModel;
      modelStated = true;
    }
  }

  /**
   * Begins to measure phases.
   *
   * @param shown one bit for each phase that has methods, by its number in {@link PhaseTimes}
   */
  public void showPhases(int shown) {
    if (phases == null) {
      phases = new PhaseTimes();
    }
    phases.begin(shown);
    hasPhases = true;
  }

  /** Returns the phases that methods of the application show; {@code null} if there are none. */
  public PhaseTimes phases() {
    return hasPhases ? phases : null;
  }

  /** Replaces the requested model; {@code null} changes nothing. */
  public void learnModel(String newModel) {
    if (newModel != null && !modelStated) {
      model = newModel;
    }
  }

  /** Replaces the answering model; {@code null} changes nothing. */
  public void learnAnsweringModel(String newModel) {
    if (newModel != null) {
      answeringModel = newModel;
    }
  }

  /**
   * Hands the facts of an inner layer to the layer around it. The tokens of several inner requests
   * add up; the names are those of the last inner request that succeeded.
   */
  void handTo(RequestFacts outer, boolean succeeded) {
    outer.tokens.add(tokens);
    if (succeeded || outer.provider == null) {
      outer.learnProvider(provider);
    }
    if (succeeded || outer.model == null) {
      outer.learnModel(model);
    }
    outer.learnAnsweringModel(answeringModel);
  }

  /** Forgets the names, except those that a rule has stated. */
  void forgetNames() {
    provider = providerStated ? provider : null;
    model = modelStated ? model : null;
    answeringModel = null;
  }

  /** Leaves out time that has just passed. */
  void leaveOut(long nanos) {
    attempts.leaveOut(nanos);
    if (hasPhases) {
      phases.leaveOut(nanos);
    }
  }

  void forget() {
    providerStated = false;
    modelStated = false;
    hasPhases = false;
    forgetNames();
    operation = null;
    tokens.forget();
    attempts.forget();
  }
}
