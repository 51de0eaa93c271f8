package com.example.serving;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Serves one page until its input ends. */
public final class ServingApp {
  private ServingApp() {}

  /** Runs the application; prints {@code ready} and the port. */
  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/ask",
        exchange -> {
          byte[] page = "hello".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    System.out.println("ready " + server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // The application gets no commands.
    }
    server.stop(0);
  }
}
