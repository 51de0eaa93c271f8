package io.metricsagent.agent.serve;

import io.metricsagent.agent.files.WholeFile;
import io.metricsagent.agent.redaction.Redactor;
import io.metricsagent.agent.sessions.Session;
import io.metricsagent.agent.sessions.SessionRedaction;
import io.metricsagent.agent.sessions.SessionWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sessions that clients have started. A session that has ended is written to a file of its own,
 * whole or not at all. Thread-safe.
 */
public final class Webhooks {
  private static final long FORGOTTEN_NANOS = TimeUnit.HOURS.toNanos(1);

  /**
   * What the user has set.
   *
   * @param token the secret that clients send
   * @param folder where the files go
   * @param content whether texts of clients are kept
   * @param redactor replaces secrets in them
   * @param maxSessions how many sessions may be open
   */
  public record Options(
      String token, Path folder, boolean content, Redactor redactor, int maxSessions) {}

  private final Options options;
  private final HookContent content;
  private final SessionRedaction redaction;
  private final Map<String, HookSession> open = new ConcurrentHashMap<>();
  private final AtomicLong files = new AtomicLong();

  /** Makes webhooks without a session, which touch no file. */
  public Webhooks(Options options) {
    this.options = options;
    content = new HookContent(options.content(), options.redactor());
    redaction = new SessionRedaction(options.redactor());
  }

  String token() {
    return options.token();
  }

  /**
   * Starts a session.
   *
   * @param bytes how long the request was
   * @return its id
   */
  String start(String prompt, ObjectNode metadata, int bytes) throws IOException, ApiException {
    endForgotten();
    String id = UUID.randomUUID().toString();
    HookSession session =
        new HookSession(id, Instant.now(), content.text(prompt), content.metadata(metadata), bytes);
    synchronized (open) {
      if (open.size() >= options.maxSessions()) {
        throw new ApiException(
            ApiException.TOO_MANY,
            options.maxSessions() + " sessions are open, which is the limit; end some");
      }
      open.put(id, session);
    }
    return id;
  }

  /** Adds an event; that of a session that is not open is ignored. */
  void event(String id, String type, String skill, ObjectNode data, int bytes) {
    HookSession session = open.get(id);
    if (session != null) {
      session.add(
          Instant.now(),
          content.name(type),
          skill == null ? null : content.name(skill),
          content.data(data),
          bytes);
    }
  }

  /**
   * Ends a session and writes its file.
   *
   * @param error {@code null} for none
   * @return the session, or {@code null} if there is no open session of that id
   */
  Session end(String id, String output, boolean success, String error) throws IOException {
    HookSession session = open.remove(id);
    return session == null
        ? null
        : write(
            session.end(
                Instant.now(),
                content.text(output),
                success,
                error == null ? null : content.error(error)));
  }

  private void endForgotten() throws IOException {
    long now = System.nanoTime();
    for (Map.Entry<String, HookSession> session : open.entrySet()) {
      if (now - session.getValue().lastNanos() > FORGOTTEN_NANOS
          && open.remove(session.getKey(), session.getValue())) {
        write(session.getValue().end(Instant.now(), "", false, "timeout"));
      }
    }
  }

  /** Ends all sessions as interrupted. */
  public void close() throws IOException {
    for (String id : List.copyOf(open.keySet())) {
      HookSession session = open.remove(id);
      if (session != null) {
        write(session.end(Instant.now(), "", false, "interrupted"));
      }
    }
  }

  private Session write(Session session) throws IOException {
    // The id is the server's own, and none of the client's names is in the file's.
    String time = session.startTime().truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-');
    String name =
        time + "_webhook-" + session.sessionId() + "-" + files.incrementAndGet() + ".json";
    if (!Files.isDirectory(options.folder())) {
      Files.createDirectories(options.folder(), ownersOnly(options.folder()));
    }
    Session clean = redaction.of(session);
    WholeFile.replace(
        options.folder().resolve(name),
        file -> SessionWriter.write(file, Instant.now(), List.of(clean)));
    return clean;
  }

  private static FileAttribute<?>[] ownersOnly(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
