package io.metricsagent.instrumentations.user;

import java.util.Locale;

/** The effect of a mailbox's method on messages. */
enum MailboxRole {
  SEND("send", "send", "offer", "put", "add", "enqueue", "push", "publish", "post", "produce"),
  NACK("nack", "nack", "negative", "reject", "release", "rollback", "abandon", "requeue", "fail"),
  RECEIVE(
      "receive",
      "receive",
      "poll",
      "take",
      "dequeue",
      "pop",
      "read",
      "consume",
      "fetch",
      "next",
      "pull",
      "remove",
      "onmessage",
      "handle",
      "process",
      "deliver",
      "accept"),
  ACK("ack", "ack", "commit", "complete", "confirm", "delete", "settle", "done"),
  EXPIRED("expired", "expire"),
  DEAD_LETTER("dead_letter", "dead", "dlq", "poison"),
  DEPTH("depth", "depth", "size", "count", "approximate", "length", "pending");

  private final String word;
  private final String[] beginnings;

  MailboxRole(String word, String... beginnings) {
    this.word = word;
    this.beginnings = beginnings;
  }

  /**
   * Returns the role that the user wrote behind {@code =}, or {@code null} if there is no such
   * role.
   */
  static MailboxRole written(String text) {
    for (MailboxRole role : values()) {
      if (role.word.equalsIgnoreCase(text) || role.name().equalsIgnoreCase(text)) {
        return role;
      }
    }
    return null;
  }

  /** Returns the role that a method's name suggests, or {@code null}. */
  static MailboxRole guessed(String method) {
    String name = method.toLowerCase(Locale.ROOT);
    for (MailboxRole role : values()) {
      for (String beginning : role.beginnings) {
        if (name.startsWith(beginning)) {
          return role;
        }
      }
    }
    return name.contains("dead") || name.contains("dlq") ? DEAD_LETTER : null;
  }

  static String words() {
    StringBuilder words = new StringBuilder();
    for (MailboxRole role : values()) {
      words.append(words.length() == 0 ? "" : ", ").append(role.word);
    }
    return words.toString();
  }
}
