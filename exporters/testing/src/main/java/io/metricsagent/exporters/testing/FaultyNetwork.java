package io.metricsagent.exporters.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A port on 127.0.0.1 in front of a receiver, with everything that may go wrong on the way. A
 * change of mode ends all connections. Thread-safe.
 */
public final class FaultyNetwork implements AutoCloseable {
  /** What becomes of a connection. */
  public enum Mode {
    /** It leads to the receiver. */
    WORKS,
    /** It does, once the client has asked for a tunnel, to wherever. */
    TUNNELS,
    /** It is accepted and closed at once. */
    HANGS_UP,
    /** It is accepted and nothing is ever said. */
    MUTE,
    /** Something answers that speaks another protocol. */
    GARBAGE,
    /** A proxy says that the receiver is overloaded and when to come back. */
    OVERLOADED
  }

  private static final byte[] GARBAGE =
      "SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ESTABLISHED =
      "HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OVERLOADED =
      "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> tunnels = new CopyOnWriteArrayList<>();
  private volatile int receiver;
  private volatile Mode mode;

  /** Opens the port in front of another one. */
  public FaultyNetwork(int receiver, Mode mode) throws IOException {
    this.receiver = receiver;
    this.mode = mode;
    threads.execute(this::accept);
  }

  /** Returns the port to send to. */
  public int port() {
    return server.getLocalPort();
  }

  /** From now on, connections fare like this. */
  public void become(Mode next) throws IOException {
    mode = next;
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** Returns the first line of each request for a tunnel. */
  public List<String> tunnels() {
    return tunnels;
  }

  /** From now on, connections that work lead to this port. */
  public void leadTo(int port) {
    receiver = port;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        Mode current = mode;
        switch (current) {
          case HANGS_UP -> end(client);
          default -> threads.execute(() -> serve(client, current));
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serve(Socket client, Mode current) {
    try {
      switch (current) {
        case WORKS -> forward(client);
        case TUNNELS -> {
          tunnels.add(head(client.getInputStream()));
          client.getOutputStream().write(ESTABLISHED);
          forward(client);
        }
        case GARBAGE -> {
          client.getOutputStream().write(GARBAGE);
          client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
        case MUTE -> client.getInputStream().transferTo(OutputStream.nullOutputStream());
        case OVERLOADED -> answerEach(client);
        default -> throw new IllegalStateException();
      }
    } catch (IOException e) {
      // One side has hung up.
    } finally {
      end(client);
    }
  }

  private static void answerEach(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
    while (true) {
      int body = 0;
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          body = Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
        }
      }
      in.skipNBytes(body);
      client.getOutputStream().write(OVERLOADED);
    }
  }

  /** Returns a line of the head without its end. */
  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** Returns the first line of a head and reads all of it, byte by byte: no more than that. */
  private static String head(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    String first = line(data);
    while (!line(data).isEmpty()) {
      // Headers are of no interest.
    }
    return first;
  }

  private void forward(Socket client) throws IOException {
    try (Socket onward = new Socket(InetAddress.getLoopbackAddress(), receiver)) {
      open.add(onward);
      threads.execute(
          () -> {
            try {
              onward.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException e) {
              // One side has hung up.
            } finally {
              end(client);
            }
          });
      client.getInputStream().transferTo(onward.getOutputStream());
      open.remove(onward);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is no longer of use.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    become(Mode.HANGS_UP);
    threads.shutdownNow();
  }
}
