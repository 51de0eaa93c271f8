package com.example.warehouse;

import java.util.List;

/**
 * A day at the warehouse: {@code java -jar langchain4j-chat.jar <base URL> [chapter…]}.
 *
 * <p>Prints what happened, the same on each run.
 */
public final class WarehouseApp {
  private static final List<String> ORDINARY_DAY =
      List.of("chat", "tools", "throttled", "streamed", "embeddings", "mailroom");

  private WarehouseApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      System.err.println("usage: java -jar langchain4j-chat.jar <base URL> [chapter...]");
      System.exit(2);
    }
    Models models = new Models(args[0]);
    List<String> chapters = List.of(args).subList(1, args.length);
    for (String chapter : chapters.isEmpty() ? ORDINARY_DAY : chapters) {
      System.out.println("== " + chapter);
      play(chapter, models);
    }
  }

  private static void play(String chapter, Models models) throws Exception {
    switch (chapter) {
      case "chat" -> new Questions(models).chat();
      case "tools" -> new Questions(models).tools();
      case "throttled" -> new Questions(models).throttled();
      case "streamed" -> new Questions(models).streamed();
      case "embeddings" -> new Questions(models).embeddings();
      case "mailroom" -> Mailroom.work(models);
      case "failures" -> new Failures(models).all();
      case "refused-embeddings" -> new Failures(models).embeddings();
      case "crowd" -> new Crowd(models).all();
      default -> throw new IllegalArgumentException("no chapter " + chapter);
    }
  }
}
