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
    if (newProvider != null) {
      provider = newProvider;
    }
  }

  /** Replaces the requested model; {@code null} changes nothing. */
  public void learnModel(String newModel) {
    if (newModel != null) {
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

  void forgetNames() {
    provider = null;
    model = null;
    answeringModel = null;
  }

  void forget() {
    forgetNames();
    tokens.forget();
    attempts.forget();
  }
}
