package com.example.redis;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code java -jar redis-newest.jar <port> <scenario…>}: a scenario's name begins with the client,
 * and the stream is named after it.
 */
public final class RedisApp {
  /** Lettuce tells each reconnection; the test expects that nothing is printed. */
  private static final Logger LETTUCE = Logger.getLogger("io.lettuce");

  private RedisApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    if (args.length < 2) {
      System.err.println("usage: java -jar redis-newest.jar <port> <scenario...>");
      System.exit(2);
    }
    LETTUCE.setLevel(Level.OFF);
    int port = Integer.parseInt(args[0]);
    for (String scenario : List.of(args).subList(1, args.length)) {
      System.out.println("== " + scenario);
      if (scenario.startsWith("jedis-")) {
        playJedis(scenario, port);
      } else {
        playLettuce(scenario, port);
      }
    }
  }

  private static void playJedis(String scenario, int port) {
    try (WithJedis jedis = new WithJedis(port, scenario)) {
      switch (scenario) {
        case "jedis-plain" -> jedis.plain();
        case "jedis-batch" -> jedis.batch();
        case "jedis-noack" -> jedis.withoutAck();
        case "jedis-again" -> jedis.again();
        case "jedis-pipeline" -> jedis.pipeline();
        case "jedis-transaction" -> jedis.transaction();
        case "jedis-abandoned" -> jedis.abandoned();
        case "jedis-shared" -> jedis.shared();
        case "jedis-numbered" -> jedis.numbered();
        case "jedis-ordinary" -> jedis.ordinary();
        case "jedis-binary" -> jedis.binary();
        case "jedis-many" -> jedis.many();
        default -> throw new IllegalArgumentException("no scenario " + scenario);
      }
    }
  }

  private static void playLettuce(String scenario, int port) throws Exception {
    try (WithLettuce lettuce = new WithLettuce(port, scenario)) {
      switch (scenario) {
        case "lettuce-plain" -> lettuce.plain();
        case "lettuce-async" -> lettuce.async();
        case "lettuce-reactive" -> lettuce.reactive();
        case "lettuce-noack" -> lettuce.withoutAck();
        case "lettuce-again" -> lettuce.again();
        case "lettuce-transaction" -> lettuce.transaction();
        case "lettuce-shared" -> lettuce.shared();
        case "lettuce-ordinary" -> lettuce.ordinary();
        case "lettuce-many" -> lettuce.many();
        case "lettuce-restart" -> lettuce.restart();
        default -> throw new IllegalArgumentException("no scenario " + scenario);
      }
    }
  }
}
