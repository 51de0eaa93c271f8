package com.example.sqs.broker;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.elasticmq.NodeAddress;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;

/**
 * ElasticMQ on a free port of the loopback interface. Prints {@code ready 1 <port>} when it serves.
 * The line {@code restart} on standard input closes the server with its connections and opens it
 * again on the same port, with all messages, after which it prints {@code ready 2 <port>}, and so
 * on; it ends with standard input.
 */
public final class SqsBroker {
  private SqsBroker() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    ActorSystem system = ActorSystem.create("broker");
    ActorRef queues =
        system.actorOf(
            Props.create(
                QueueManagerActor.class,
                () ->
                    new QueueManagerActor(
                        new NowProvider(), StrictSQSLimits$.MODULE$, Option.empty())));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int start = 0;
    String line;
    do {
      SQSRestServer server =
          SQSRestServerBuilder.withActorSystem(system)
              .withQueueManagerActor(queues)
              .withInterface("127.0.0.1")
              .withPort(port)
              .withServerAddress(new NodeAddress("http", "127.0.0.1", port, ""))
              .start();
      server.waitUntilStarted();
      start++;
      System.out.println("ready " + start + " " + port);
      line = in.readLine();
      server.stopAndWait();
    } while (line != null);
    system.terminate();
  }
}
