package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.rules.Site;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a mailbox's rule does between calls ends when the rule is gone. */
class ReplacedMailboxRulesTest {
  /** A mailbox. */
  public static final class Inbox {
    /** Returns how many messages wait. */
    public int size() {
      return 3;
    }
  }

  private final Recorded recorded = new Recorded();
  private final SiteTable table = new SiteTable(List.of());
  private final Inbox inbox = new Inbox();

  @Test
  void theDepthIsNotReadWhileTheRuleIsGone() {
    MailboxRule rule =
        Rules.of(Inbox.class)
            .with("depth", "this.size()")
            .receive("receive", "return[*]", "message.receipt", null, null)
            .mailbox();
    UserModule module = Rules.module(rule);
    table.replace(module);
    for (Site site : table.sites()) {
      site.activate(recorded.telemetry());
    }
    Object token = table.enter(0, inbox, null, null, null);
    table.exit(0, token, List.of(), null);
    assertThat(recorded.mailbox().depth()).isEqualTo(3);

    table.replace(new UserModule.Builder(module).build());
    assertThat(recorded.mailbox().depth()).isNull();

    table.replace(Rules.module(rule));
    assertThat(recorded.mailbox().depth()).isEqualTo(3);
  }
}
