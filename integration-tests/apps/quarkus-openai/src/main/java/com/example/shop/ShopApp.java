package com.example.shop;

import dev.langchain4j.model.embedding.EmbeddingModel;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.time.Duration;

/** {@code java -jar quarkus-run.jar <base URL>}. */
@QuarkusMain
public class ShopApp implements QuarkusApplication {
  private static final String STORY = "Tell me about the history of this warehouse";

  @Inject Assistant assistant;
  @Inject EmbeddingModel embeddings;

  /** See the class. */
  public static void main(String[] args) {
    System.setProperty("quarkus.langchain4j.openai.base-url", args[0]);
    Quarkus.run(ShopApp.class, args);
  }

  @Override
  @ActivateRequestContext
  public int run(String... args) {
    System.out.println(assistant.answer("Who are you?"));
    System.out.println(assistant.answer("Busy? [throttle once]"));
    System.out.println(assistant.look("How much are bolts? [use price item=bolts]"));
    System.out.println(assistant.look("What is in the safe? [use open item=safe]"));
    System.out.println(
        assistant.tell(STORY).collect().asList().await().atMost(Duration.ofSeconds(30)));
    System.out.println(embeddings.embed("bolts").content().dimension());
    try {
      System.out.println(
          assistant
              .tell("Busy? [throttle always]")
              .collect()
              .asList()
              .await()
              .atMost(Duration.ofSeconds(30)));
    } catch (RuntimeException e) {
      System.out.println(e.getClass().getName());
    }
    return 0;
  }
}
