package com.example.zero;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.chat.ChatLanguageModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.service.AiServices;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** {@code java -jar langchain4j-0.jar <base URL>}: each scenario has a model of its own. */
public final class ZeroApp {
  private static final String STORY = "Tell me about the history of this warehouse";

  private final String url;

  private ZeroApp(String url) {
    this.url = url;
  }

  /** Answers questions. */
  interface Assistant {
    String answer(String question);
  }

  /** The tools of the assistant. */
  static final class Tools {
    @Tool
    String price(String item) {
      if (item.equals("unobtainium")) {
        throw new IllegalStateException("no price");
      }
      return "0.12 EUR";
    }
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    new ZeroApp(args[0]).all();
    System.exit(0); // OkHttp's threads live on for a minute
  }

  private void all() throws Exception {
    ChatLanguageModel model = model("success", 1);
    System.out.println(model.generate("Who are you?"));
    System.out.println(model.generate(UserMessage.from("When do you open?")).content().text());
    System.out.println(model.generate(List.of(UserMessage.from("And when do you close?"))));
    System.out.println(
        model
            .chat(ChatRequest.builder().messages(UserMessage.from("Where are you?")).build())
            .aiMessage());
    System.out.println(
        AiServices.builder(Assistant.class)
            .chatLanguageModel(model("tools", 1))
            .tools(new Tools())
            .build()
            .answer("How much are bolts? [use price item=bolts]"));
    System.out.println(model("throttled", 2).generate("Busy? [throttle once]"));
    fails("exhausted", "Still busy? [throttle always]");
    fails("failed", "Are you well? [fail]");
    tell("streamed", STORY);
    tell("stream-failed", "Are you well? [fail]");
    tell("stream-exhausted", "Still busy? [throttle always]");
    System.out.println(
        OpenAiEmbeddingModel.builder()
            .baseUrl(url)
            .apiKey("none")
            .modelName("embedding")
            .build()
            .embed("bolts")
            .content()
            .dimension());
  }

  private ChatLanguageModel model(String name, int attempts) {
    return OpenAiChatModel.builder()
        .baseUrl(url)
        .apiKey("none")
        .modelName(name)
        .maxRetries(attempts)
        .timeout(Duration.ofSeconds(30))
        .build();
  }

  private void fails(String name, String question) {
    try {
      System.out.println(model(name, 1).generate(question));
    } catch (RuntimeException e) {
      System.out.println(question + " " + e.getClass().getName());
    }
  }

  private void tell(String name, String question) throws Exception {
    CompletableFuture<Response<AiMessage>> end = new CompletableFuture<>();
    OpenAiStreamingChatModel.builder()
        .baseUrl(url)
        .apiKey("none")
        .modelName(name)
        .build()
        .generate(
            question,
            new StreamingResponseHandler<AiMessage>() {
              @Override
              public void onNext(String piece) {}

              @Override
              public void onComplete(Response<AiMessage> response) {
                end.complete(response);
              }

              @Override
              public void onError(Throwable error) {
                end.completeExceptionally(error);
              }
            });
    try {
      System.out.println(end.get(30, TimeUnit.SECONDS).content().text());
    } catch (ExecutionException e) {
      System.out.println(question + " " + e.getCause().getClass().getName());
    }
  }
}
