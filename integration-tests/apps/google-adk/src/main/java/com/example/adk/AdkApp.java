package com.example.adk;

/**
 * {@code java -jar google-adk-newest.jar <base URL> [agents]}: calls models of Gemini in every
 * possible way, or agents, their tools, and other models. Each scenario has a model of its own.
 */
public final class AdkApp {
  private static final int PATIENT = 30_000;

  private AdkApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    Models models = new Models(args[0]);
    if (args.length > 1) {
      new Agents(models).all();
      new OwnModels().all();
    } else {
      new Answers(models, 3, PATIENT).all();
      Answers hasty = new Answers(models, 2, PATIENT);
      hasty.fails("exhausted", "Still busy? [throttle always]", false);
      hasty.fails("failed", "Are you well? [fail]", false);
      hasty.fails("malformed", "What did you say? [malformed]", false);
      hasty.fails("stream-exhausted", "Still busy? [throttle always]", true);
      hasty.fails("stream-failed", "Are you well? [fail]", true);
      new Answers(models, 1, 400).fails("timeout", "Awake? [slow 3000]", false);
    }
    System.exit(0); // OkHttp's threads live on for a minute
  }
}
