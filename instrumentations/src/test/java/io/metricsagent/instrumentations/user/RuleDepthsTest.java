package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Depths are read by methods of the application, which may block. */
@Timeout(60)
class RuleDepthsTest {
  private static final int LIMIT_MILLIS = 400;

  /** A mailbox. */
  public static class Inbox {
    private final String name;
    final AtomicInteger calls = new AtomicInteger();
    private volatile Thread caller;
    private volatile ClassLoader loader = Inbox.class.getClassLoader();

    Inbox(String name) {
      this.name = name;
    }

    /** Returns the name of the queue. */
    public String name() {
      return name;
    }

    /** Returns how many messages wait. */
    public int size() throws InterruptedException {
      caller = Thread.currentThread();
      loader = caller.getContextClassLoader();
      calls.incrementAndGet();
      return 7;
    }
  }

  /** A mailbox whose method returns when the test lets it. */
  public static final class BlockedInbox extends Inbox {
    private volatile CountDownLatch released = new CountDownLatch(1);

    BlockedInbox(String name) {
      super(name);
    }

    @Override
    public int size() throws InterruptedException {
      super.size();
      released.await();
      return 9;
    }
  }

  /** A mailbox that does not tell its depth. */
  public static final class BrokenInbox extends Inbox {
    BrokenInbox() {
      super("broken");
    }

    @Override
    public int size() {
      throw new IllegalStateException();
    }
  }

  /** Says whether the wait of a step is over. */
  private interface End {
    boolean isReached(int step, long unread);
  }

  /** Waits for what a test says instead of some time. */
  private static final class Patience extends RuleDepths {
    private volatile End end = (step, unread) -> false;
    private final List<Long> waits = new ArrayList<>();
    private CountDownLatch current;

    Patience() {
      super(LIMIT_MILLIS);
    }

    @Override
    boolean await(CountDownLatch unread, long nanos) {
      if (unread != current) {
        waits.clear();
        current = unread;
      }
      int step = waits.size();
      waits.add(nanos);
      while (unread.getCount() > 0 && !end.isReached(step, unread.getCount())) {
        Thread.onSpinWait();
      }
      return unread.getCount() == 0;
    }
  }

  private final Recorded recorded = new Recorded();
  private final List<BlockedInbox> blocked = new ArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  /** What only weak references lead to otherwise. */
  private final List<Object> kept = new ArrayList<>();

  private PrintStream err;

  @BeforeEach
  void capture() {
    err = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setErr(err);
    blocked.forEach(inbox -> inbox.released.countDown());
  }

  private static MailboxRule rule(Class<?> type) {
    return Rules.of(type)
        .with("queue", "this.name()")
        .with("depth", "this.size()")
        .receive("receive", "return[*]", null, null, null)
        .mailbox();
  }

  private RuleMailbox mailboxes(RuleDepths depths, Inbox... inboxes) {
    UserShared shared = new UserShared(recorded.registry(), depths);
    RuleMailbox mailboxes = shared.mailbox(rule(Inbox.class));
    kept.add(depths);
    use(mailboxes, inboxes);
    return mailboxes;
  }

  private void use(RuleMailbox mailboxes, Inbox... inboxes) {
    for (Inbox inbox : inboxes) {
      kept.add(inbox);
      mailboxes.of(inbox).series().recordAcked(1);
    }
  }

  private BlockedInbox blocked(String name) {
    BlockedInbox inbox = new BlockedInbox(name);
    blocked.add(inbox);
    return inbox;
  }

  private int blockedCalls() {
    return blocked.stream().mapToInt(inbox -> inbox.calls.get()).sum();
  }

  private Map<String, Long> depths() {
    Map<String, Long> depths = new HashMap<>();
    for (MailboxSnapshot mailbox : recorded.registry().snapshot().mailboxes()) {
      assertThat(mailbox.acked()).isEqualTo(1);
      depths.put(mailbox.queueName(), mailbox.depth());
    }
    return depths;
  }

  private List<String> warnings() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static String warning(String why) {
    return "[metrics-agent] warn: rules.yaml:3:5: the depth of "
        + Inbox.class.getName()
        + " is not known: "
        + why;
  }

  @Test
  void aBlockedMethodLeavesTheOtherDepths() {
    Patience depths = new Patience();
    BlockedInbox remote = blocked("remote");
    Inbox free = new Inbox("free");
    mailboxes(depths, remote, free);

    depths.end = (step, unread) -> remote.calls.get() == 1 && (step == 0 || unread == 1);
    assertThat(depths()).containsEntry("free", 7L).containsEntry("remote", null);
    assertThat(warnings()).containsExactly(warning("its method takes longer than 400 ms"));

    depths.end = (step, unread) -> false; // what blocks is not asked, so there is an end
    assertThat(depths()).containsEntry("free", 7L).containsEntry("remote", null);
    assertThat(remote.calls).hasValue(1);

    remote.released.countDown();
    Map<String, Long> later = depths();
    while (later.get("remote") == null) {
      later = depths();
    }
    assertThat(later).containsEntry("free", 7L).containsEntry("remote", 9L);
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void anOldDepthIsNotKept() {
    Patience depths = new Patience();
    BlockedInbox remote = blocked("remote");
    remote.released.countDown();
    mailboxes(depths, remote);
    assertThat(depths()).containsEntry("remote", 9L);

    remote.released = new CountDownLatch(1);
    depths.end = (step, unread) -> remote.calls.get() == 2;
    assertThat(depths()).containsEntry("remote", null);
  }

  @Test
  void waitsForTheLimitInAllHoweverManyBlock() {
    Patience depths = new Patience();
    mailboxes(
        depths, blocked("a"), blocked("b"), blocked("c"), blocked("d"), blocked("e"), blocked("f"));

    depths.end = (step, unread) -> blockedCalls() == step + 1; // one more thread at each step
    assertThat(depths()).hasSize(6).containsValue(null).doesNotContainValue(9L);
    assertThat(depths.waits.stream().mapToLong(nanos -> nanos).sum())
        .isEqualTo(TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS));
    assertThat(warnings()).hasSize(1);

    depths.waits.clear();
    assertThat(depths()).hasSize(6).doesNotContainValue(9L);
    assertThat(depths.waits).as("no thread is left, so nothing is waited for").isEmpty();
    assertThat(blockedCalls()).isEqualTo(4);
  }

  @Test
  void saysThatOtherMethodsTakeLong() {
    Patience depths = new Patience();
    mailboxes(depths, blocked("a"), blocked("b"), blocked("c"), blocked("d"));
    depths.end = (step, unread) -> blockedCalls() == step + 1;
    depths();
    printed.reset();

    UserShared other = new UserShared(recorded.registry(), depths);
    Inbox free = new Inbox("free");
    use(other.mailbox(rule(Inbox.class)), free);
    assertThat(depths()).containsEntry("free", null);
    assertThat(warnings())
        .containsExactly(
            warning(
                "it was not read within 400 ms, because the methods of other mailboxes take long"));
  }

  @Test
  void doesNotWaitForeverByItself() {
    BlockedInbox remote = blocked("remote");
    mailboxes(new RuleDepths(4), remote);

    assertThat(depths()).containsEntry("remote", null);
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void anInterruptOfTheSnapshotIsKeptAndLosesNoDepth() {
    mailboxes(new RuleDepths(Integer.MAX_VALUE), new Inbox("free"));
    Thread.currentThread().interrupt();
    Map<String, Long> depths = depths();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(depths).containsEntry("free", 7L);
  }

  @Test
  void aMethodThatThrowsGivesNoDepthAndNoWarning() {
    mailboxes(new Patience(), new BrokenInbox(), new Inbox("free"));

    assertThat(depths()).containsEntry("free", 7L).containsEntry("broken", null);
    assertThat(warnings()).isEmpty();
  }

  @Test
  void theThreadIsADaemonThatEndsWhenAllIsRead() throws Exception {
    Patience depths = new Patience();
    Inbox free = new Inbox("free");
    RuleMailbox mailboxes = mailboxes(depths);
    assertThat(depths()).isEmpty();
    assertThat(depths.waits).as("nothing is to be read").isEmpty();

    use(mailboxes, free);
    assertThat(depths()).containsEntry("free", 7L);
    assertThat(free.caller.getName()).isEqualTo("metrics-agent-depth");
    assertThat(free.caller.isDaemon()).isTrue();
    assertThat(free.loader).isNull();
    free.caller.join();
  }
}
