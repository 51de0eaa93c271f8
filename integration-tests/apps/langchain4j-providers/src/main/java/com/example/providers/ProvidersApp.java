package com.example.providers;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code java -jar langchain4j-providers.jar <base URL>}: each scenario has models of its own. */
public final class ProvidersApp {
  private static final String PRICE = "How much are bolts? [use price item=bolts]";

  private final String url;

  private ProvidersApp(String url) {
    this.url = url;
  }

  /** Answers in a sentence. */
  interface Assistant {
    String answer(String question);
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    ProvidersApp app = new ProvidersApp(args[0].replace("/v1", ""));
    for (Provider provider : Provider.values()) {
      app.succeed(provider);
      // The first stream loads classes; of the second one each piece is waited for.
      app.stream(provider, "unhurried", 60);
      app.stream(provider, "streamed", 0);
      app.tools(provider);
      app.fail(provider);
    }
    new Agents(app.url).all();
    System.exit(0); // okhttp's threads stay for a minute
  }

  private void succeed(Provider provider) {
    ChatModel model = provider.chat(url, provider.model("success"), 2);
    System.out.println(model.chat("Who are you?"));
    System.out.println(model.chat("When do you open?"));
    ChatModel throttled = provider.chat(url, provider.model("throttled"), 2);
    System.out.println(throttled.chat("Busy? [throttle once]"));
  }

  private void tools(Provider provider) {
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(provider.chat(url, provider.model("tools"), 2))
            .tools(new Tools())
            .build();
    System.out.println(assistant.answer(PRICE));
  }

  private void fail(Provider provider) {
    try {
      provider.chat(url, provider.model("exhausted"), 1).chat("Still busy? [throttle always]");
    } catch (RuntimeException e) {
      System.out.println(e.getClass().getName());
    }
  }

  /** Takes {@code pauseMillis} for each piece. */
  private void stream(Provider provider, String scenario, long pauseMillis) throws Exception {
    CompletableFuture<String> complete = new CompletableFuture<>();
    provider
        .streaming(url, provider.model(scenario))
        .chat(
            "Tell me about the history of this warehouse",
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String piece) {
                try {
                  Thread.sleep(pauseMillis);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }

              @Override
              public void onCompleteResponse(ChatResponse response) {
                complete.complete(response.aiMessage().text());
              }

              @Override
              public void onError(Throwable error) {
                complete.completeExceptionally(error);
              }
            });
    System.out.println(complete.get(30, TimeUnit.SECONDS));
  }
}
