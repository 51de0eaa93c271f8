package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.rules.Site;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.MailboxRule.Settlement;
import io.metricsagent.instrumentations.user.model.UserRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rule of a mailbox goes, comes back, or changes while the application runs. */
class ReplacedMailboxRulesTest {
  /** A mailbox. */
  public static final class Inbox {
    /** Returns how many messages wait. */
    public int size() {
      return 3;
    }
  }

  /** A message. */
  public record Message(String receipt, Instant enqueuedAt) {}

  private final Recorded recorded = new Recorded();
  private final SiteTable table = new SiteTable(List.of());
  private final Inbox inbox = new Inbox();
  private UserModule last;

  /** What a queue is called, to see which rule counts. */
  private static Rules named(String queue) {
    return Rules.of(Inbox.class)
        .with("queue", queue)
        .receive("receive", "return[*]", "message.receipt", "message.enqueuedAt", null)
        .settle(Settlement.ACK, "ack", "arg[0]");
  }

  private void replace(Rules... rules) {
    List<MailboxRule> mailboxes = new ArrayList<>();
    for (Rules rule : rules) {
      mailboxes.add(rule.mailbox());
    }
    UserModule.Builder builder = new UserModule.Builder(last);
    builder.add(new UserRules(List.of(), List.of(), mailboxes, List.of()));
    last = builder.build();
    table.replace(last);
    for (Site site : table.sites()) {
      site.activate(recorded.telemetry());
    }
  }

  private void call(String method, Object argument, Object result) {
    for (Site site : table.sites()) {
      if (site.id().endsWith("." + method)) {
        Object token = table.enter(site.number(), inbox, argument, null, null);
        table.exit(site.number(), token, result, null);
      }
    }
  }

  private void receive(String receipt, int secondsAgo) {
    Instant then = Instant.now().minusSeconds(secondsAgo);
    call("receive", null, List.of(new Message(receipt, then)));
  }

  private void ack(String receipt) {
    call("ack", receipt, null);
  }

  private Map<String, Long> acked() {
    Map<String, Long> acked = new TreeMap<>();
    for (MailboxSnapshot each : recorded.registry().snapshot().mailboxes()) {
      acked.put(each.queueName(), each.acked());
    }
    return acked;
  }

  private Map<String, Long> oldestMinutes() {
    Map<String, Long> oldest = new TreeMap<>();
    for (MailboxSnapshot each : recorded.registry().snapshot().mailboxes()) {
      if (each.oldestAgeMillis() != null) {
        oldest.put(each.queueName(), each.oldestAgeMillis() / 60_000);
      }
    }
    return oldest;
  }

  @AfterEach
  void keepTheMailbox() {
    assertThat(inbox.size()).isEqualTo(3); // only weak references lead to it otherwise
  }

  @Test
  void theDepthIsNotReadWhileTheRuleIsGone() {
    Rules rule = named("orders").with("depth", "this.size()");
    replace(rule);
    call("receive", null, List.of());
    assertThat(recorded.mailbox().depth()).isEqualTo(3);

    replace();
    assertThat(recorded.mailbox().depth()).isNull();

    replace(rule);
    assertThat(recorded.mailbox().depth()).isEqualTo(3);
  }

  @Test
  void aRuleThatSaysMoreKnowsTheMessagesOfTheOneBefore() {
    replace(named("orders"));
    receive("a", 600);
    receive("b", 1200);
    ack("a");
    replace(named("orders").with("depth", "this.size()"));

    assertThat(oldestMinutes()).isEqualTo(Map.of("orders", 20L));
    assertThat(recorded.mailbox().depth()).isEqualTo(3);
    ack("a");
    assertThat(acked()).isEqualTo(Map.of("orders", 1L));
    ack("b");
    assertThat(acked()).isEqualTo(Map.of("orders", 2L));
    assertThat(oldestMinutes()).isEmpty();
  }

  @Test
  void theMessagesOfARenamedQueueHaveItsNewName() {
    replace(named("orders"));
    receive("a", 600);
    replace(named("new"));
    assertThat(oldestMinutes()).isEmpty();

    receive("b", 60);
    assertThat(oldestMinutes()).isEqualTo(Map.of("new", 10L));
  }

  @Test
  void aRuleThatIsAsBeforeKnowsWhatTheOneBetweenKnew() {
    replace(named("orders"));
    receive("a", 600);
    replace(named("orders").with("system", "acme"));
    receive("b", 1200);
    ack("a");
    replace(named("orders"));

    ack("a");
    receive("c", 60);
    assertThat(oldestMinutes()).isEqualTo(Map.of("orders", 20L));
    assertThat(recorded.mailboxes()).extracting(MailboxSnapshot::acked).containsExactly(0L, 1L);
  }

  @Test
  void aRuleThatSettlesMessagesInAnotherWayBeginsAnew() {
    replace(named("orders"));
    receive("a", 600);
    ack("b");
    replace(named("orders").settle(Settlement.NACK, "nack", "arg[0]"));

    assertThat(oldestMinutes()).isEmpty();
    ack("b");
    assertThat(acked()).isEqualTo(Map.of("orders", 2L));
  }

  @Test
  void aRuleThatWasGoneBeginsAnew() {
    replace(named("orders"));
    receive("a", 600);
    replace();
    replace(named("orders"));

    assertThat(oldestMinutes()).isEmpty();
    receive("b", 1200);
    assertThat(oldestMinutes()).isEqualTo(Map.of("orders", 20L));
  }

  @Test
  void aRuleWithoutSettlementsHasNoUnsettledMessages() {
    replace(
        Rules.of(Inbox.class)
            .receive("receive", "return[*]", "message.receipt", "message.enqueuedAt", null));
    receive("a", 600);

    assertThat(recorded.mailbox().received()).isEqualTo(1);
    assertThat(oldestMinutes()).isEmpty();
  }
}
