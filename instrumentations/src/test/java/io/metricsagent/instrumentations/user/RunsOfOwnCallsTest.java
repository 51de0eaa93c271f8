package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.testing.Heard;
import io.metricsagent.instrumentations.testing.WovenApplication;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.RunRule;
import io.metricsagent.instrumentations.user.model.UserRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A method that is a run and a call of another kind. */
class RunsOfOwnCallsTest {
  private static final String HERE = RunsOfOwnCallsTest.class.getName() + "$";

  /** Shared with the test. */
  public interface JobApi {
    /** Does the work. */
    String run(String what);
  }

  /** What a rule may name, too. */
  interface Runs {
    String run(String what);
  }

  static final class Job implements JobApi, Runs {
    @Override
    public String run(String what) {
      return what;
    }
  }

  private final Heard heard = new Heard();

  private static RunRule runs(Class<?> type) {
    MailboxRule of = Rules.of(type, "run").receive("run", null, null, null, null).mailbox();
    return new RunRule(of.type(), of.receive().methods(), null);
  }

  private void run(UserRules rules) throws Exception {
    WovenApplication.with(HERE, heard, UserModule.of(rules))
        .create(Job.class, JobApi.class)
        .run("work");
  }

  @Test
  void aRequestIsPartOfTheRun() throws Exception {
    run(
        new UserRules(
            List.of(Rules.of(Job.class, "run").adapter()),
            List.of(),
            List.of(),
            List.of(runs(Job.class))));

    assertThat(heard.kinds())
        .containsExactly(
            EventKind.RUN_BEGAN,
            EventKind.REQUEST_BEGAN,
            EventKind.REQUEST_ENDED,
            EventKind.RUN_ENDED);
    assertThat(heard.only(EventKind.REQUEST_ENDED).run().isProcess()).isFalse();
  }

  @Test
  void aToolIsPartOfTheRunOfAnInterface() throws Exception {
    run(
        new UserRules(
            List.of(),
            List.of(Rules.of(Job.class, "run").tool()),
            List.of(),
            List.of(runs(Runs.class))));

    assertThat(heard.kinds())
        .containsExactly(
            EventKind.RUN_BEGAN, EventKind.TOOL_BEGAN, EventKind.TOOL_ENDED, EventKind.RUN_ENDED);
  }
}
