package io.metricsagent.agent.rulefiles.check.samples;

import java.util.concurrent.CompletableFuture;

/** The base of an adapter, and an adapter. */
public abstract class OpenAdapter implements Adapter {
  @Override
  public final Response evaluate(Request request) {
    return complete(request, 1);
  }

  public Response complete(Request request, int attempts) {
    return new Response();
  }

  public Response complete(String prompt) {
    return new Response();
  }

  public static Response once(Request request) {
    return new Response();
  }

  native long count(Request request);

  abstract void warmUp();

  /** Adds nothing. */
  public static class Local extends OpenAdapter {
    @Override
    public String provider() {
      return "local";
    }

    @Override
    public CompletableFuture<Response> evaluateAsync(Request request) {
      return CompletableFuture.completedFuture(new Response());
    }

    @Override
    void warmUp() {}

    public int port() {
      return 1;
    }
  }
}
