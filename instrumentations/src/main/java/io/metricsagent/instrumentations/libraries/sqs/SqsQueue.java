package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import java.util.concurrent.TimeUnit;

/**
 * A queue by the URL that the application uses. Its series is made when there is something to
 * record. Thread-safe.
 */
final class SqsQueue {
  static final String SYSTEM = "aws_sqs";

  /** The visibility timeout of a queue that was made without one. */
  private static final long DEFAULT_MILLIS = TimeUnit.SECONDS.toMillis(30);

  private final Mailboxes mailboxes;
  private final String name;
  private volatile MailboxMetrics mailbox;
  private volatile long visibilityMillis = DEFAULT_MILLIS;

  SqsQueue(Mailboxes mailboxes, String url) {
    this.mailboxes = mailboxes;
    this.name = nameIn(url);
  }

  /** Returns the last part of a queue's URL or ARN; {@code null} if there is none. */
  static String nameIn(String url) {
    if (url == null) {
      return null;
    }
    int end = url.length();
    while (end > 0 && url.charAt(end - 1) == '/') {
      end--;
    }
    int begin = end;
    while (begin > 0 && url.charAt(begin - 1) != '/' && url.charAt(begin - 1) != ':') {
      begin--;
    }
    return begin == end ? null : url.substring(begin, end);
  }

  MailboxMetrics mailbox() {
    MailboxMetrics known = mailbox;
    if (known == null) {
      known = mailboxes.of(name, SYSTEM);
      mailbox = known;
    }
    return known;
  }

  /** Returns for how long a delivery hides a message from others, unless its request says it. */
  long visibilityMillis() {
    return visibilityMillis;
  }

  /** SQS told the visibility timeout, because the application asked for it. */
  void visibilitySeconds(long seconds) {
    if (seconds >= 0) {
      visibilityMillis = TimeUnit.SECONDS.toMillis(seconds);
    }
  }
}
