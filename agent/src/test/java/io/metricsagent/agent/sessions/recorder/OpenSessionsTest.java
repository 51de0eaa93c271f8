package io.metricsagent.agent.sessions.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.config.SessionSettings;
import io.metricsagent.agent.redaction.Redactor;
import io.metricsagent.agent.sessions.Session;
import io.metricsagent.agent.sessions.SessionFile;
import io.metricsagent.exporters.testing.Printed;
import io.metricsagent.instrumentations.events.EventSettings;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Which sessions are open, if an application begins more runs than it ends. */
class OpenSessionsTest {
  /** After the beginning of all runs, which is that of the real clock. */
  private static final Instant START =
      Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);

  private static final Instant LATER = START.plus(OpenSessions.QUIET).plusMillis(1);

  private final List<Session> written = new ArrayList<>();
  private final EventStream stream = EventStream.byHand(List.of(), EventSettings.sampling(1));
  private final EndedSessions ended =
      new EndedSessions(
          new SessionSettings(
              true,
              List.of("files"),
              1,
              false,
              null,
              Duration.ofMinutes(10),
              new File("unused"),
              3,
              Duration.ofDays(7)),
          "w",
          this::take);
  private final OpenSessions open =
      new OpenSessions(Duration.ofMinutes(10), new Contents(Redactor.with(null)), ended, null);

  private void take(Instant time, byte[] json) throws IOException {
    SessionFile.sessions(new ByteArrayInputStream(json), written::add);
  }

  private Run begin(String conversation, Instant now) {
    Run run = stream.newRun("Assistant.chat", conversation);
    OpenSession session = open.began(run, now);
    if (session != null) {
      session.add(now, "skill.invoked", "Assistant.chat", JsonNodeFactory.instance.objectNode());
    }
    return run;
  }

  private void end(Run run, Instant now) {
    open.of(run, now).runEnded(now, null);
    open.ended(run);
  }

  private List<Session> written() {
    ended.write(LATER);
    return written;
  }

  /** Begins as many runs as may be open, and never ends them. */
  private List<Run> fill(String conversation) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < OpenSessions.MAX_OPEN - (conversation == null ? 0 : 1); i++) {
      runs.add(begin(conversation, START.plusMillis(i)));
    }
    return runs;
  }

  @Test
  void aRunThatNeverEndsLosesItsPlaceToANewOneWhenItWasQuietForLong() {
    List<Run> stuck = fill(null);
    Run run = begin(null, LATER);
    end(run, LATER);

    assertThat(written())
        .extracting(Session::sessionId)
        .containsExactly(stuck.get(0).id(), run.id());
    assertThat(written.get(0).success()).isFalse();
    assertThat(written.get(0).error()).isEqualTo("timeout");
    assertThat(written.get(0).endTime()).isEqualTo(START);
    assertThat(written.get(0).events().get(1).eventType()).isEqualTo("error");
    assertThat(written.get(0).events().get(1).data())
        .hasToString("{\"error_type\":\"timeout\",\"message\":null}");
    assertThat(written.get(1).success()).isTrue();
    assertThat(open.refused()).isZero();
    assertThat(open.of(stuck.get(0), LATER)).as("it has ended").isNull();
  }

  @Test
  void itIsTheRunThatWasQuietForLongest() {
    List<Run> stuck = fill(null);
    open.of(stuck.get(0), START.plusSeconds(500));
    open.of(stuck.get(1), START.plusSeconds(400));
    open.of(stuck.get(2), START.plusMillis(1)).runBegan(); // a time that was before changes nothing
    begin(null, LATER.plusSeconds(300));

    assertThat(written()).extracting(Session::sessionId).containsExactly(stuck.get(2).id());
  }

  @Test
  void runsAtWorkStayAndTheNewOneIsNotRecorded() {
    List<Run> busy = fill(null);
    busy.forEach(run -> open.of(run, LATER.minusMillis(2)));
    Run refused = begin(null, LATER);

    assertThat(open.of(refused, LATER)).isNull();
    assertThat(open.refused()).isOne();
    assertThat(written()).isEmpty();
    end(busy.get(0), LATER);
    assertThat(open.of(begin(null, LATER), LATER)).isNotNull();
  }

  @Test
  void aConversationWithoutARunGivesItsPlaceAtOnceAndKeepsItsOutcome() {
    for (int i = 0; i < OpenSessions.MAX_OPEN; i++) {
      end(begin("c-" + i, START.plusMillis(i)), START.plusMillis(i));
    }
    begin("c-0", START.plusSeconds(2)); // has a place, and c-1 is older now
    assertThat(written()).extracting(Session::sessionId).containsExactly("c-1");
    assertThat(written.get(0).success()).isTrue();
    assertThat(written.get(0).error()).isNull();
    begin(null, START.plusSeconds(2));
    assertThat(written()).extracting(Session::sessionId).containsExactly("c-1", "c-2");
  }

  /** LangChain4j gives every run the conversation "default" that the application does not name. */
  @Test
  void runsThatNeverEndInOneConversationAreBoundedToo() {
    List<Run> stuck = fill("default");
    end(stuck.get(500), LATER);
    begin("default", LATER);
    assertThat(open.of(stuck.get(0), LATER)).as("still open").isNotNull();
    begin("default", LATER.plusSeconds(2));
    assertThat(open.of(stuck.get(1), LATER)).as("was quiet for longest").isNull();
    assertThat(written()).as("the conversation goes on").isEmpty();
    open.endAll();
    assertThat(written()).hasSize(1);
    assertThat(written.get(0).metadata().get("runs").intValue())
        .isEqualTo(OpenSessions.MAX_OPEN + 1);
  }

  @Test
  void theRunOfTheProcessKeepsItsPlace() {
    open.began(stream.process(), START.minusSeconds(500));
    fill(null);
    begin(null, LATER.plusSeconds(2));

    assertThat(open.of(stream.process(), LATER)).isNotNull();
    assertThat(written()).as("the first of the others").hasSize(1);
  }

  @Test
  void eachKindOfTroubleIsToldOnce() {
    List<String> printed =
        Printed.by(
            () -> {
              fill(null);
              begin(null, START.plusSeconds(2));
              begin(null, START.plusSeconds(2));
              begin(null, LATER.plusSeconds(2));
              begin(null, LATER.plusSeconds(2));
            });

    assertThat(printed)
        .satisfiesExactly(
            line -> assertThat(line).contains("more than 1000 sessions are at work", "10 minutes"),
            line -> assertThat(line).contains("more than 1000 sessions are open", "timeout"));
  }
}
