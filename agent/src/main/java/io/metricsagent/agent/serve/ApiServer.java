package io.metricsagent.agent.serve;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server of the command {@code serve}. It listens on the loopback interface only, answers with
 * a few threads, and closes connections that are slow: a request has to arrive within {@value
 * #REQUEST_SECONDS} s, and an answer has to be read within {@value #ANSWER_SECONDS} s. Thread-safe.
 */
public final class ApiServer implements AutoCloseable {
  private static final int REQUEST_SECONDS = 10;
  private static final int ANSWER_SECONDS = 60;
  private static final int THREADS = 4;
  private static final int CONNECTIONS = 128;
  private static final int WAITING = 4 * CONNECTIONS;
  private static final int MAX_HEADERS = 32;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;

  private ApiServer(HttpServer server, ThreadPoolExecutor threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts a server.
   *
   * @param port 0 for any free port
   * @param folders with files of rollups, or with a folder {@code rollups}
   * @param hooks takes the sessions of clients
   */
  public static ApiServer start(int port, List<Path> folders, Webhooks hooks) throws IOException {
    List<ApiRoute> routes = new ArrayList<>();
    for (MetricsRoute.View view : MetricsRoute.View.values()) {
      routes.add(new MetricsRoute(view, folders));
    }
    for (HookRoute.Step step : HookRoute.Step.values()) {
      routes.add(new HookRoute(step, hooks));
    }
    limitTheJdksServer();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "serve-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", new ApiHandler(routes));
    server.start();
    return new ApiServer(server, threads);
  }

  /** The JDK's server reads its limits once, from system properties; those of the user win. */
  private static void limitTheJdksServer() {
    limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
    limit("sun.net.httpserver.maxRspTime", ANSWER_SECONDS);
    limit("sun.net.httpserver.idleInterval", REQUEST_SECONDS);
    limit("sun.net.httpserver.maxReqHeaders", MAX_HEADERS);
    limit("jdk.httpserver.maxConnections", CONNECTIONS);
  }

  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  /** Returns the address to ask, such as {@code http://127.0.0.1:9465}. */
  public String url() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** Stops listening and answering. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
