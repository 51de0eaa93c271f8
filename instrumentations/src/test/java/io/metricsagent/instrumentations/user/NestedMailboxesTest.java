package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.testing.WovenApplication;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.MailboxRule.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One message counts once, through however many mailboxes and rules it passes on its way. */
class NestedMailboxesTest {
  private static final String HERE = NestedMailboxesTest.class.getName() + "$";

  /** Shared with the test. */
  public interface ScenarioApi {
    /** Does what a word says. */
    void run(String what);
  }

  /** A mailbox. */
  interface Mailbox {
    /** Puts a message in. */
    void send(Object message);

    /** Takes a message out. */
    Object receive();

    /** Settles a message. */
    void ack(Object message);

    /** Puts a message aside. */
    void deadLetter(Object message);
  }

  /** Has the messages. */
  static final class Inner implements Mailbox {
    private final List<Object> waiting = new ArrayList<>();

    @Override
    public void send(Object message) {
      waiting.add(message);
    }

    @Override
    public Object receive() {
      return waiting.isEmpty() ? null : waiting.remove(0);
    }

    @Override
    public void ack(Object message) {}

    @Override
    public void deadLetter(Object message) {
      ack(message);
    }
  }

  /** Has another mailbox do the work. */
  static final class Wrapper implements Mailbox {
    private final Mailbox inner;

    Wrapper(Mailbox inner) {
      this.inner = inner;
    }

    @Override
    public void send(Object message) {
      inner.send(message);
    }

    @Override
    public Object receive() {
      return inner.receive();
    }

    @Override
    public void ack(Object message) {
      inner.ack(message);
    }

    @Override
    public void deadLetter(Object message) {
      inner.ack(message);
    }
  }

  /** Is given messages. */
  interface Handler {
    /** Handles a message. */
    void handle(Object message);
  }

  /** Has another handler do the work, with the same message or another one. */
  static final class Outer implements Handler {
    private final Handler next;

    Outer(Handler next) {
      this.next = next;
    }

    @Override
    public void handle(Object message) {
      if (message instanceof Integer number) {
        next.handle("message " + number);
      } else if (message.equals("again")) {
        handle("message");
      } else {
        next.handle(message);
      }
    }
  }

  /** Receives a reply for each message. */
  static final class Asking implements Handler {
    private final Mailbox replies;

    Asking(Mailbox replies) {
      this.replies = replies;
    }

    @Override
    public void handle(Object message) {
      replies.receive();
      replies.ack(message);
    }
  }

  /** The application. */
  static final class Application implements ScenarioApi {
    @Override
    public void run(String what) {
      Mailbox inner = new Inner();
      Mailbox mailbox = what.startsWith("inner") ? inner : new Wrapper(new Wrapper(inner));
      Object message = new Object();
      mailbox.send(message);
      switch (what) {
        case "inner", "wrapper" -> {
          mailbox.receive();
          mailbox.ack(message);
        }
        case "dead" -> mailbox.deadLetter(message);
        case "ask" -> new Asking(inner).handle("question");
        default -> new Outer(new Asking(new Inner())).handle(argument(what));
      }
    }

    private static Object argument(String what) {
      return what.equals("other") ? (Object) 1 : what;
    }
  }

  private static MailboxRule mailbox(Class<?> type, String queue) {
    return Rules.of(type)
        .with("queue", queue)
        .send("send")
        .receive("receive", null, null, null, null)
        .settle(Settlement.ACK, "ack", null)
        .settle(Settlement.DEAD_LETTER, "deadLetter", null)
        .mailbox();
  }

  private static MailboxRule handler(Class<?> type) {
    return Rules.of(type).receive("handle", null, null, null, null).mailbox();
  }

  /** Returns what was received and settled, by queue: {@code r} and {@code s} and how often. */
  private static Map<String, String> after(String what, MailboxRule... rules) throws Exception {
    WovenApplication app = WovenApplication.with(HERE, Rules.module(rules));
    app.create(Application.class, ScenarioApi.class).run(what);
    Map<String, String> counts = new TreeMap<>();
    for (MailboxSnapshot each : app.snapshot().mailboxes()) {
      long dead = each.deadLettered();
      counts.put(
          each.queueName(),
          "r" + each.received() + " a" + each.acked() + (dead > 0 ? " d" + dead : ""));
    }
    return counts;
  }

  @Test
  void theRuleOfTheClassCountsBeforeThatOfItsInterface() throws Exception {
    MailboxRule ofClass = mailbox(Inner.class, "class");
    MailboxRule ofInterface = mailbox(Mailbox.class, "interface");

    assertThat(after("inner", ofClass, ofInterface)).isEqualTo(Map.of("class", "r1 a1"));
    assertThat(after("inner", ofInterface, ofClass)).isEqualTo(Map.of("class", "r1 a1"));
  }

  @Test
  void ofTwoRulesForOneTypeTheFirstCounts() throws Exception {
    MailboxRule first = mailbox(Mailbox.class, "first");
    MailboxRule second =
        new MailboxRule(
            first.type(),
            Rules.expression("second"),
            null,
            new MailboxRule.Receive(
                List.of(MethodTarget.withParameters("receive")), null, null, null, null),
            null,
            Map.of(),
            null);

    assertThat(after("inner", first, second)).isEqualTo(Map.of("first", "r1 a1"));
  }

  @Test
  void aWrapperCountsAndNotTheMailboxWithin() throws Exception {
    assertThat(after("wrapper", mailbox(Mailbox.class, null)))
        .isEqualTo(Map.of("Wrapper", "r1 a1"));
    assertThat(after("wrapper", mailbox(Inner.class, "inner"), mailbox(Wrapper.class, "outer")))
        .isEqualTo(Map.of("outer", "r1 a1"));
  }

  @Test
  void aDeadLetterThatAnotherRuleAcknowledgesWithinIsADeadLetter() throws Exception {
    assertThat(after("dead", mailbox(Inner.class, "inner"), mailbox(Wrapper.class, "outer")))
        .isEqualTo(Map.of("outer", "r0 a0 d1"));
  }

  @Test
  void aHandlerMayReceiveFromAnotherMailbox() throws Exception {
    assertThat(after("ask", mailbox(Inner.class, "replies"), handler(Asking.class)))
        .isEqualTo(Map.of("Asking", "r1 a0", "replies", "r1 a1"));
  }

  @Test
  void aMessageThatIsHandedOnCountsOnce() throws Exception {
    assertThat(after("message", handler(Handler.class))).isEqualTo(Map.of("Outer", "r1 a0"));
    assertThat(after("message", handler(Asking.class), handler(Outer.class)))
        .isEqualTo(Map.of("Outer", "r1 a0"));
    assertThat(after("again", handler(Outer.class))).isEqualTo(Map.of("Outer", "r1 a0"));
  }

  @Test
  void anotherMessageThatAHandlerMakesCounts() throws Exception {
    assertThat(after("other", handler(Handler.class)))
        .isEqualTo(Map.of("Outer", "r1 a0", "Asking", "r1 a0"));
  }

  @Test
  void anAgeIsKnownOfAMessageThatAWrapperSendsAndReceives() throws Exception {
    WovenApplication app =
        WovenApplication.with(
            HERE, Rules.module(mailbox(Inner.class, "inner"), mailbox(Wrapper.class, "outer")));
    app.create(Application.class, ScenarioApi.class).run("wrapper");

    assertThat(app.snapshot().mailboxes().get(0).queueLag().count()).isEqualTo(1);
  }
}
