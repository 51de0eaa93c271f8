package com.example.draining;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * {@code java -jar startup-queues.jar kafka|rabbitmq <port>}: obeys its standard input, {@code fill
 * <messages>} and {@code drain <messages>}, and answers {@code load <messages a second>}. Ends with
 * its input.
 */
public final class DrainingApp {
  private DrainingApp() {}

  /** Runs the application; prints {@code ready} and {@code answer}. */
  public static void main(String[] args) throws Exception {
    Queue queue =
        switch (args[0]) {
          case "kafka" -> new KafkaTopic("127.0.0.1:" + args[1]);
          case "rabbitmq" -> new RabbitQueue(Integer.parseInt(args[1]));
          default -> throw new IllegalArgumentException("kafka or rabbitmq, not " + args[0]);
        };
    System.out.println("ready");
    System.out.println("answer");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      int messages = Integer.parseInt(words[1]);
      double rate = 0;
      if (words[0].equals("fill")) {
        queue.fill(messages);
      } else {
        rate = queue.drain(messages);
      }
      System.out.printf("load %.1f%n", rate);
    }
    System.exit(0); // the connection to RabbitMQ has threads of its own
  }
}
