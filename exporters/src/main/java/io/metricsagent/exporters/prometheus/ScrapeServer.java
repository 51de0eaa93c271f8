package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.AgentThreads;
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
 * A server for a few clients, on one daemon thread, that an application need not fear: whatever
 * clients do, it holds no more connections and answers than {@link ScrapeLimits} say, and none for
 * longer. Nothing in it waits for a single client. Where room is short, whoever has kept his for
 * longest leaves, so that a scrape finds some beside any number of connections that do nothing.
 *
 * <p>The JDK's server has no limit for connections and none for the time of a request, and needs a
 * module that not each runtime has. HttpCore measures idleness alone, which single bytes interrupt,
 * and its listening reactor ends when the process is once out of file descriptors.
 */
final class ScrapeServer implements Runnable, AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Left alone, Linux takes up to 4 MB for each client that does not read. */
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

  /** Opens a port and starts the thread; what was opened is closed again where that fails. */
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
          // Out of memory, say. The port must be there when that is over.
          AgentLog.debug("scrapes have to wait: " + e, e);
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    } finally {
      closeAll();
    }
  }

  private void turn() throws IOException {
    Thread.interrupted(); // an interrupt is nobody's wish here, and a selector would not wait on
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

  /** Returns the time until something has to be done though nobody says anything; 0 for none. */
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
      // Mostly, the process has no file descriptor left; the client stays in the queue.
      AgentLog.debug("no connection for a scrape: " + e, e);
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
      end(connection); // the client is gone
    } catch (RuntimeException | Error e) {
      AgentLog.debug("a scrape failed: " + e, e);
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

  /** Frees the port before it returns, unless the thread is held up in an answer. */
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
    close(selector); // only now the system has the port back
  }

  private static void close(AutoCloseable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (Exception ignored) {
      // No use is made of it again.
    }
  }
}
