package io.metricsagent.agent.sessions.recorder;

/**
 * The room that contents have in memory: a share of it for each session, and a limit for all
 * sessions that have not been written. Not thread-safe.
 */
final class ContentRoom {
  /** How many bytes the contents of all sessions may have together. */
  static final int MAX_BYTES = 32 << 20;

  /**
   * How many bytes the contents of one session may have. A file has each argument twice, and each
   * byte as six characters at worst; so a session stays below the 8 MB that readers accept.
   */
  static final int MAX_BYTES_OF_SESSION = 512 << 10;

  private long bytes;

  /** Takes room for a session that has taken some before; returns whether there is any. */
  boolean take(long ofSession, long more) {
    if (ofSession + more > MAX_BYTES_OF_SESSION || bytes + more > MAX_BYTES) {
      return false;
    }
    bytes += more;
    return true;
  }

  /** Gives the room of a session back: it has been written, or was lost. */
  void giveBack(long ofSession) {
    bytes -= ofSession;
  }
}
