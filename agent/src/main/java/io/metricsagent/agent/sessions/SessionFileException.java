package io.metricsagent.agent.sessions;

import java.io.IOException;

/** A file holds no JSON, or other JSON than sessions; the message says where and what. */
public final class SessionFileException extends IOException {
  private static final long serialVersionUID = 1L;

  SessionFileException(String message) {
    super(message);
  }
}
