package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.AgentThreads;
import io.metricsagent.bootstrap.Faults;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server for a few clients, on one daemon thread, which cannot harm the application: whatever
 * clients do, it has no more connections and answers than {@link ScrapeLimits} allow, and none for
 * longer. It never blocks for a single client. At a limit, the connection that has been in its
 * state for longest is closed, so a scrape is answered even if any number of idle connections are
 * open.
 *
 * <p>The JDK's server limits neither connections nor the time of a request, and needs a module that
 * some runtimes lack. HttpCore limits only the time without any byte, and its listening reactor
 * ends as soon as the process runs out of file descriptors.
 */
final class ScrapeServer implements Runnable, AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Without this limit, Linux buffers up to 4 MB for each client that does not read. */
  private static final int SEND_BUFFER_BYTES = 128 * 1024;

  private static final long CLOSE_MILLIS = 1000;

  private final Selector selector;
  private final ServerSocketChannel listener;
  private final SelectionKey accepting;
  private final ScrapeHandler handler;
  private final ScrapeLimits limits;
  private final Set<ScrapeConnection> connections = new LinkedHashSet<>();
  private final Thread thread =
      new AgentThreads("metrics-agent-prometheus", ScrapeServer.class.getClassLoader())
          .newThread(this);
  private long acceptAgainNanos;
  private volatile boolean closed;

  private ScrapeServer(
      Selector selector,
      ServerSocketChannel listener,
      SelectionKey accepting,
      ScrapeHandler handler,
      ScrapeLimits limits) {
    this.selector = selector;
    this.listener = listener;
    this.accepting = accepting;
    this.handler = handler;
    this.limits = limits;
  }

  /** Opens a port and starts the thread; if that fails, everything is closed again. */
  static ScrapeServer open(InetSocketAddress address, ScrapeHandler handler, ScrapeLimits limits)
      throws IOException {
    Selector selector = Selector.open();
    ServerSocketChannel listener = null;
    try {
      listener = ServerSocketChannel.open();
      listener.configureBlocking(false);
      listener.bind(address);
      SelectionKey accepting = listener.register(selector, SelectionKey.OP_ACCEPT);
      ScrapeServer server = new ScrapeServer(selector, listener, accepting, handler, limits);
      server.thread.start();
      return server;
    } catch (IOException | RuntimeException | Error e) {
      if (listener != null) {
        listener.close();
      }
      selector.close();
      throw e;
    }
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        try {
          turn();
        } catch (IOException | RuntimeException | Error e) {
          // For instance out of memory. The port must work when there is memory again.
          Faults.absorbed("scrapes have to wait", e);
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    } finally {
      closeAll();
    }
  }

  private void turn() throws IOException {
    Thread.interrupted(); // interrupts are ignored, and would keep the selector from waiting
    selector.select(waitMillis(System.nanoTime()));
    Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
    while (ready.hasNext()) {
      SelectionKey key = ready.next();
      ready.remove();
      if (key == accepting) {
        accept();
      } else if (key.isValid()) {
        serve((ScrapeConnection) key.attachment());
      }
    }
    long now = System.nanoTime();
    for (ScrapeConnection connection : new ArrayList<>(connections)) {
      if (leftNanos(connection, now) <= 0) {
        end(connection);
      }
    }
    if (accepting.interestOps() == 0 && acceptAgainNanos - now <= 0) {
      accepting.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  /** Returns the milliseconds until the next time limit, or 0 if there is none. */
  private long waitMillis(long now) {
    long wait = Long.MAX_VALUE;
    for (ScrapeConnection connection : connections) {
      wait = Math.min(wait, leftNanos(connection, now));
    }
    if (accepting.interestOps() == 0) {
      wait = Math.min(wait, acceptAgainNanos - now);
    }
    return wait == Long.MAX_VALUE ? 0 : Math.max(0, TimeUnit.NANOSECONDS.toMillis(wait)) + 1;
  }

  private long leftNanos(ScrapeConnection connection, long now) {
    return connection.sinceNanos() + limits.nanos(connection.state()) - now;
  }

  private void accept() {
    SocketChannel channel = null;
    try {
      channel = listener.accept();
      if (channel == null) {
        return;
      }
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
      if (connections.size() >= limits.connections()) {
        end(oldest(connections));
      }
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      ScrapeConnection connection = new ScrapeConnection(channel, key, handler, System.nanoTime());
      key.attach(connection);
      connections.add(connection);
    } catch (IOException | RuntimeException | Error e) {
      // Usually the process has no file descriptor left; the client stays in the queue.
      Faults.absorbed("no connection for a scrape", e);
      accepting.interestOps(0);
      acceptAgainNanos = System.nanoTime() + PAUSE_NANOS;
      close(channel);
    }
  }

  private void serve(ScrapeConnection connection) {
    try {
      if (connection.state() == ScrapeConnection.State.ANSWERING) {
        connection.write(System.nanoTime());
      } else if (connection.read(System.nanoTime())) {
        makeRoomForAnAnswer();
        connection.answer(System.nanoTime());
      }
    } catch (IOException e) {
      end(connection); // the client has closed the connection
    } catch (RuntimeException | Error e) {
      Faults.absorbed("a scrape failed", e);
      end(connection);
    }
  }

  private void makeRoomForAnAnswer() {
    List<ScrapeConnection> answering = new ArrayList<>();
    for (ScrapeConnection connection : connections) {
      if (connection.state() == ScrapeConnection.State.ANSWERING) {
        answering.add(connection);
      }
    }
    if (answering.size() >= limits.answers()) {
      end(oldest(answering));
    }
  }

  private static ScrapeConnection oldest(Iterable<ScrapeConnection> connections) {
    ScrapeConnection oldest = null;
    for (ScrapeConnection connection : connections) {
      if (oldest == null || connection.sinceNanos() - oldest.sinceNanos() < 0) {
        oldest = connection;
      }
    }
    return oldest;
  }

  private void end(ScrapeConnection connection) {
    connections.remove(connection);
    connection.close();
  }

  /** Closes the port before it returns, unless the thread is busy with an answer for too long. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeAll() {
    for (ScrapeConnection connection : connections) {
      connection.close();
    }
    connections.clear();
    close(listener);
    close(selector); // only now does the system free the port
  }

  private static void close(AutoCloseable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (Exception ignored) {
      // The object is not used again.
    }
  }
}
