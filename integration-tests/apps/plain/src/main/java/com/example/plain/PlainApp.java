package com.example.plain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * {@code java -jar plain.jar [work|forget|serve|fail|ponder|late]}.
 *
 * <p>{@code work} calls every class. {@code forget} first removes the system properties that are
 * not Java's own. {@code serve} answers each line of standard input until its end. {@code fail}
 * ends with an uncaught exception. {@code ponder <calls> <milliseconds>} calls a tool so many
 * times, with about that duration, then waits for the end of standard input. {@code late} asks a
 * model whose class is loaded slowly, and prints the nanoseconds of the call and those of waiting
 * for classes that are not the application's.
 */
public final class PlainApp {
  private PlainApp() {}

  /** See the class. */
  public static void main(String[] args) throws IOException {
    switch (args.length == 0 ? "work" : args[0]) {
      case "work" -> work();
      case "forget" -> {
        System.getProperties().keySet().removeIf(key -> !key.toString().startsWith("java."));
        work();
      }
      case "serve" -> serve();
      case "ponder" -> ponder(Integer.parseInt(args[1]), Double.parseDouble(args[2]));
      case "late" -> late();
      case "fail" -> new CarefulLlm(new FastLlm()).complete("");
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /**
   * Calls a model six times, once with an exception; a tool three times, once with an exception;
   * and receives three messages.
   */
  private static void work() {
    Llm fast = new FastLlm();
    Llm careful = new CarefulLlm(fast);
    System.out.println(fast.complete("one"));
    System.out.println(fast.complete("two"));
    System.out.println(fast.complete("three"));
    System.out.println(careful.complete("four"));
    System.out.println(careful.complete("five"));
    try {
      System.out.println(fast.complete(""));
    } catch (LlmException e) {
      e.printStackTrace(System.out);
    }

    Calculator calculator = new Calculator();
    System.out.println(calculator.divide(6, 2));
    System.out.println(calculator.divide(9, 3));
    try {
      System.out.println(calculator.divide(1, 0));
    } catch (ArithmeticException e) {
      e.printStackTrace(System.out);
    }

    Inbox inbox = new Inbox();
    inbox.put("a");
    inbox.put("b");
    inbox.put("c");
    for (String letter = inbox.take(); letter != null; letter = inbox.take()) {
      System.out.println(letter);
    }
  }

  private static void ponder(int calls, double medianMillis) throws IOException {
    Oracle oracle = new Oracle();
    Random random = new Random(calls);
    IntStream.range(0, calls)
        .mapToLong(i -> (long) (1000 * medianMillis * Math.exp(random.nextGaussian())))
        .boxed()
        .toList()
        .parallelStream()
        .forEach(
            micros -> {
              try {
                oracle.ponder(micros);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    System.out.println("ready");
    System.in.transferTo(System.out);
  }

  private static void late() {
    LateLlm late = new LateLlm();
    long start = System.nanoTime();
    late.complete("one");
    System.out.println(System.nanoTime() - start);
    System.out.println(late.waitedNanos());
  }

  private static void serve() throws IOException {
    Llm fast = new FastLlm();
    System.out.println("ready");
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(fast.complete(line));
    }
  }
}
