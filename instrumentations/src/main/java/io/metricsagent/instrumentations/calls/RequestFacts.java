package io.metricsagent.instrumentations.calls;

/**
 * What is learnt of a request to a model while it is under way: who was asked, which model
 * answered, the tokens, and the attempts on the wire. A name that is not known is {@code null}.
 *
 * <p>Each layer of a request has facts of its own; the attempts are those of the outermost one. Not
 * thread-safe: used by one thread at a time.
 */
public final class RequestFacts {
  private final Tokens tokens = new Tokens();
  private final Attempts attempts = new Attempts();
  private String provider;
  private String model;
  private String answeringModel;

  RequestFacts() {}

  /** Returns the tokens, as far as they are known. */
  public Tokens tokens() {
    return tokens;
  }

  /** Returns the attempts on the wire. */
  public Attempts attempts() {
    return attempts;
  }

  /** Returns who was asked, or {@code null}. */
  public String provider() {
    return provider;
  }

  /** Returns the model that was asked for, or {@code null}. */
  public String model() {
    return model;
  }

  /** Returns the model that answered, or {@code null}. */
  public String answeringModel() {
    return answeringModel;
  }

  /** Returns the model to record: the one that was asked for, or else the one that answered. */
  public String recordedModel() {
    return model == null ? answeringModel : model;
  }

  /** Takes a provider in place of the one that was known; {@code null} changes nothing. */
  public void learnProvider(String newProvider) {
    if (newProvider != null) {
      provider = newProvider;
    }
  }

  /** Takes a requested model in place of the one that was known; {@code null} changes nothing. */
  public void learnModel(String newModel) {
    if (newModel != null) {
      model = newModel;
    }
  }

  /** Takes an answering model in place of the one that was known; {@code null} changes nothing. */
  public void learnAnsweringModel(String newModel) {
    if (newModel != null) {
      answeringModel = newModel;
    }
  }

  /**
   * Hands what an inner layer learnt to the layer around it. Tokens of several inner requests add
   * up; names are those of the last one that succeeded.
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
