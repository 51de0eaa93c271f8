package com.example.traced;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Does the work for an HTTP request whose headers name its trace; has no tracing code itself. */
final class Served {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private Served() {}

  static void run(Work work) throws IOException {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    CompletableFuture<String> late = new CompletableFuture<>();
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(free, 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            work.run(ended).thenAccept(late::complete);
            exchange.sendResponseHeaders(204, -1);
          }
        });
    server.start();
    try (Socket socket =
        new Socket(server.getAddress().getAddress(), server.getAddress().getPort())) {
      String request =
          "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\ntraceparent: 00-"
              + TRACE
              + "-00f067aa0ba902b7-01\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    }
    ended.complete(null);
    System.out.println(late.join());
    server.stop(0);
    work.quietly();
    System.out.println("trace " + TRACE);
  }
}
