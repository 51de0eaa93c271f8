package com.example.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

/** Customers who ask at the same time, each in a request of its own, on virtual threads. */
@ApplicationScoped
public class Customers {
  private static final int MANY = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject Assistant assistant;

  /** Asks without tools. */
  @ActivateRequestContext
  public void ask() {
    assistant.answer("Who are you?");
  }

  /** Asks for what a tool knows. */
  @ActivateRequestContext
  public void askForPrice() {
    assistant.look("How much are bolts? [use price item=bolts]");
  }

  /** Listens to an answer in pieces. */
  @ActivateRequestContext
  public void listen() {
    assistant
        .tell("Tell me about the history of this warehouse")
        .collect()
        .asList()
        .await()
        .atMost(PATIENCE);
  }

  /** Lets 32 customers do the same at once; a failure of one of them is thrown at the end. */
  static void together(Runnable what) throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    List<FutureTask<Void>> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      FutureTask<Void> customer =
          new FutureTask<>(
              () -> {
                begin.await();
                what.run();
                return null;
              });
      all.add(customer);
      start(customer);
    }
    begin.countDown();
    for (FutureTask<Void> customer : all) {
      customer.get();
    }
  }

  /** Starts a virtual thread, or before Java 21 another one. */
  private static void start(Runnable task) throws ReflectiveOperationException {
    Method start;
    try {
      start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    } catch (NoSuchMethodException e) {
      new Thread(task, "customer").start();
      return;
    }
    start.invoke(null, task);
  }
}
