package com.example.kafka.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One broker that is its own controller, with its files in the working directory and on a free port
 * of the loopback interface. Prints {@code ready 1 <port>} when it serves. The line {@code restart}
 * on standard input restarts it on the same port, after which it prints {@code ready 2 <port>}, and
 * so on; it ends with standard input.
 */
public final class KafkaBroker {
  private KafkaBroker() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    int port = freePort();
    Properties properties = properties(port, freePort());
    Path file = Path.of("broker.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    format(file);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int start = 0;
    do {
      KafkaRaftServer server =
          new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
      server.startup();
      start++;
      System.out.println("ready " + start + " " + port);
      String line = in.readLine();
      server.shutdown();
      server.awaitShutdown();
      if (line == null) {
        return;
      }
    } while (true);
  }

  private static Properties properties(int port, int controllerPort) {
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", "1");
    properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty("inter.broker.listener.name", "PLAINTEXT");
    properties.setProperty(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    properties.setProperty("log.dirs", Path.of("logs").toAbsolutePath().toString());
    properties.setProperty("num.partitions", "1");
    properties.setProperty("auto.create.topics.enable", "false");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    for (String internal : new String[] {"offsets.topic", "transaction.state.log"}) {
      properties.setProperty(internal + ".replication.factor", "1");
      properties.setProperty(internal + ".num.partitions", "1");
    }
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
    properties.setProperty("share.coordinator.state.topic.num.partitions", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    return properties;
  }

  private static void format(Path file) {
    String[] command = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
    if (StorageTool.execute(command, new PrintStream(System.err, true, StandardCharsets.UTF_8))
        != 0) {
      throw new IllegalStateException("the broker's files could not be made");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
