package com.example.shop;

import dev.langchain4j.model.embedding.EmbeddingModel;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * {@code java -jar quarkus-run.jar <base URL>}; with {@code crowd}, many customers ask at once, and
 * another second argument adds streams that are given up.
 */
@QuarkusMain
public class ShopApp implements QuarkusApplication {
  private static final String STORY = "Tell me about the history of this warehouse";

  @Inject Assistant assistant;
  @Inject EmbeddingModel embeddings;
  @Inject Customers customers;

  /** See the class. */
  public static void main(String[] args) {
    System.setProperty("quarkus.langchain4j.openai.base-url", args[0]);
    Quarkus.run(ShopApp.class, args);
  }

  @Override
  @ActivateRequestContext
  public int run(String... args) throws Exception {
    if (args.length > 1 && args[1].equals("crowd")) {
      Customers.together(customers::ask);
      customers.askForPrice(); // Quarkus loses tools if many ask for the first time at once
      Customers.together(customers::askForPrice);
      Customers.together(customers::listen);
      return 0;
    }
    if (args.length > 1) {
      giveUp();
    }
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

  /** The server answers in any case; the stream that is read later takes longer than these. */
  private void giveUp() throws InterruptedException {
    assistant.tell("Nobody subscribes to this");
    System.out.println(
        assistant
            .tell(STORY)
            .select()
            .first()
            .collect()
            .asList()
            .await()
            .atMost(Duration.ofSeconds(30)));
    CountDownLatch begun = new CountDownLatch(1);
    Cancellable all =
        assistant
            .tell(STORY)
            .onItem()
            .invoke(begun::countDown)
            .collect()
            .asList()
            .subscribe()
            .with(pieces -> System.out.println(pieces));
    begun.await();
    all.cancel();
  }
}
