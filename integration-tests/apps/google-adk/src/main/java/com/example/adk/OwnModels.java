package com.example.adk;

import com.google.adk.models.BaseLlm;
import com.google.adk.models.BaseLlmConnection;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.Part;
import io.reactivex.rxjava3.core.Flowable;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The application's own models, without a client that the agent knows. */
final class OwnModels {
  /** Returns an answer with 10 input tokens, of which 4 were cached, and 3 output tokens. */
  private static LlmResponse response(Part part, Boolean partial) {
    return LlmResponse.builder()
        .content(Content.builder().role("model").parts(part).build())
        .partial(partial)
        .usageMetadata(
            GenerateContentResponseUsageMetadata.builder()
                .promptTokenCount(10)
                .candidatesTokenCount(3)
                .cachedContentTokenCount(4)
                .build())
        .build();
  }

  /** A model that computes the answer during the call. */
  private static class EagerLlm extends BaseLlm {
    EagerLlm(String name) {
      super(name);
    }

    LlmResponse answer(LlmRequest request) {
      pause(100);
      boolean asked =
          request.contents().stream()
              .flatMap(content -> content.parts().orElseThrow().stream())
              .anyMatch(part -> part.functionResponse().isPresent());
      return response(
          asked || request.tools().isEmpty()
              ? Part.fromText("Fine")
              : Part.builder()
                  .functionCall(
                      FunctionCall.builder().name("search").args(Map.of("item", "nuts")).build())
                  .build(),
          null);
    }

    @Override
    public Flowable<LlmResponse> generateContent(LlmRequest request, boolean stream) {
      return Flowable.just(answer(request));
    }

    @Override
    public BaseLlmConnection connect(LlmRequest request) {
      throw new UnsupportedOperationException();
    }
  }

  /** A model that asks for the same tool twice. */
  private static final class StubbornLlm extends EagerLlm {
    private int answers;

    StubbornLlm(String name) {
      super(name);
    }

    @Override
    LlmResponse answer(LlmRequest request) {
      return response(
          ++answers == 3
              ? Part.fromText("Fine")
              : Part.builder()
                  .functionCall(
                      FunctionCall.builder().name("price").args(Map.of("item", "nuts")).build())
                  .build(),
          null);
    }
  }

  /** A model that computes the answer at the subscription. */
  private static final class LazyLlm extends EagerLlm {
    LazyLlm(String name) {
      super(name);
    }

    @Override
    public Flowable<LlmResponse> generateContent(LlmRequest request, boolean stream) {
      if (request.contents().toString().contains("fail")) {
        throw new IllegalStateException("as told");
      }
      return stream
          ? Flowable.intervalRange(1, 5, 50, 50, TimeUnit.MILLISECONDS)
              .map(i -> response(Part.fromText("piece " + i), i < 5 ? true : null))
          : Flowable.fromCallable(() -> answer(request));
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void search(String agent, EagerLlm model) {
    Agents.run(Agents.agent(agent, model, new Tools()), "Search!", false);
  }

  /** Prints the duration of {@code work}, which the test compares with the agent's figures. */
  private static void tellNanos(String name, Runnable work) {
    long start = System.nanoTime();
    work.run();
    System.out.println(name + " took " + (System.nanoTime() - start) + " ns");
  }

  void all() {
    tellNanos("own-eager", () -> search("eager", new EagerLlm("own-eager")));
    tellNanos("own-lazy", () -> search("lazy", new LazyLlm("own-lazy")));
    Agents.run(Agents.agent("mule", new StubbornLlm("own-stubborn"), new Tools()), "Price!", false);
    EagerLlm chained = new EagerLlm("own-chained");
    tellNanos(
        "own-chained",
        () ->
            chained
                .generateContent(Models.request("First"), false)
                .flatMap(answer -> chained.generateContent(Models.request("Second"), false))
                .blockingLast());

    Flowable<LlmResponse> delayed =
        new LazyLlm("own-delayed").generateContent(Models.request("Later"), false);
    pause(400);
    tellNanos(
        "own-delayed",
        () -> {
          System.out.println(delayed.blockingFirst().partial());
          System.out.println(delayed.blockingFirst().partial());
        });
    new LazyLlm("own-forgotten").generateContent(Models.request("Never"), false);

    LazyLlm streamed = new LazyLlm("own-streamed");
    streamed
        .generateContent(Models.request("Slowly"), true)
        .blockingForEach(piece -> System.out.println(piece.partial()));
    System.out.println(
        new LazyLlm("own-cancelled")
            .generateContent(Models.request("Slowly"), true)
            .blockingFirst()
            .partial());
    try {
      new LazyLlm("own-failed").generateContent(Models.request("fail"), true).blockingFirst();
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
  }
}
