package io.metricsagent.instrumentations.testing;

/** As {@link Chats}, until a test has it fail at whatever it is asked of a request. */
public final class FaultyChats extends Chats {
  private boolean failing;

  /** Makes a decoder that does not fail yet. */
  public FaultyChats() {
    super("openai", "gpt");
  }

  /** Fails from now on, or no more. */
  public void fail(boolean fails) {
    failing = fails;
  }

  @Override
  public String requestModel(Object client, Object request) {
    if (failing) {
      throw new IllegalArgumentException("the agent's own");
    }
    return super.requestModel(client, request);
  }
}
