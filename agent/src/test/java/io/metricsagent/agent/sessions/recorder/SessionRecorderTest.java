package io.metricsagent.agent.sessions.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.config.SessionSettings;
import io.metricsagent.agent.sessions.Session;
import io.metricsagent.agent.sessions.SessionEvent;
import io.metricsagent.agent.sessions.SessionFile;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.events.CallEvent;
import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.events.EventSettings;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.events.RunSampling;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionRecorderTest {
  private static final long MILLIS = 1_000_000;

  private final List<Session> written = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private boolean diskIsFull;
  private SessionRecorder recorder;
  private EndedSessions ended;
  private EventStream stream;
  private long operations;

  @TempDir private Path folder;

  private void record(double rate, boolean content, String pattern) {
    SessionSettings settings = settings(rate, content, pattern, new File("unused"));
    ended = new EndedSessions(settings, "w", this::take);
    recorder = new SessionRecorder(settings, ended, null);
    stream =
        EventStream.byHand(
            List.of(recorder),
            new EventSettings(null, new RunSampling(rate), content, System.currentTimeMillis()));
  }

  private static SessionSettings settings(
      double rate, boolean content, String pattern, File directory) {
    return new SessionSettings(
        true,
        List.of("files"),
        rate,
        content,
        pattern,
        Duration.ofMinutes(10),
        directory,
        3,
        Duration.ofDays(7));
  }

  private void take(Instant time, byte[] json) throws IOException {
    if (diskIsFull) {
      throw new IOException("no space left");
    }
    texts.add(new String(json, StandardCharsets.UTF_8));
    SessionFile.sessions(new ByteArrayInputStream(json), written::add);
  }

  private void tick(Duration later) {
    stream.deliver();
    recorder.tick(System.currentTimeMillis() + later.toMillis());
  }

  private Session only() {
    tick(Duration.ZERO);
    assertThat(written).hasSize(1);
    return written.get(0);
  }

  private Run run(String conversation) {
    Run run = stream.newRun("Assistant.chat", conversation);
    stream.began(run);
    return run;
  }

  private void end(Run run, String errorType) {
    Throwable thrown = errorType == null ? null : new IllegalStateException("bob@example.com");
    stream.ended(run, run.startNanos() + 500 * MILLIS, errorType, thrown, null);
  }

  private void publish(EventKind kind, Run run, long operation, int millis, Filler filler) {
    CallEvent event = stream.event(kind, run, operation, run.startNanos() + millis * MILLIS);
    filler.fill(event);
    stream.publish(event);
  }

  @Test
  void whatWasSaidOfARunIsInTheMetadataWithoutSecrets() {
    record(1, false, null);
    Run run = run(null);
    run.says(ContextField.EXPERIMENT, "baseline");
    run.says(ContextField.REQUEST_ID, "ann@example.org");
    run.says(ContextField.ATTEMPT, "2");
    end(run, null);

    assertThat(only().metadata().toString())
        .isEqualTo(
            "{\"experiment\":\"baseline\",\"request_id\":\"[redacted:email]\",\"attempt\":\"2\"}");
  }

  private interface Filler {
    void fill(CallEvent event);
  }

  private void request(Run run, String error, Object prompt, Object answer) {
    long number = ++operations;
    publish(
        EventKind.REQUEST_BEGAN,
        run,
        number,
        100,
        e -> e.asks("openai", null, "chat").with(prompt));
    publish(
        EventKind.REQUEST_ENDED,
        run,
        number,
        150,
        e ->
            e.asks("openai", "gpt-4o-mini", "chat")
                .took(50 * MILLIS)
                .counted(812, 64, 0)
                .ended(error, error == null ? null : new IllegalStateException("of ann@x.org"))
                .with(answer));
  }

  private void tool(Run run, String error, Object arguments) {
    long number = ++operations;
    publish(EventKind.TOOL_BEGAN, run, number, 200, e -> e.ofTool("price").with(arguments));
    publish(
        EventKind.TOOL_ENDED,
        run,
        number,
        220,
        e -> e.ofTool("price").took(20 * MILLIS).ended(error, null).with("42"));
  }

  private static List<String> types(Session session) {
    return session.events().stream().map(SessionEvent::eventType).toList();
  }

  private static String data(Session session, int event) {
    return session.events().get(event).data().toString();
  }

  @Test
  void s2_aRunIsASessionWithTheDocumentedEvents() {
    record(1, false, null);
    Run run = run(null);
    request(run, null, "prompt", "answer");
    tool(run, null, "{}");
    tool(run, "Timeout", "{}");
    request(run, "RateLimit", "prompt", null);
    end(run, null);

    Session session = only();
    assertThat(session.sessionId()).isEqualTo(run.id());
    assertThat(session.skillName()).isEqualTo("Assistant.chat");
    assertThat(session.success()).isTrue();
    assertThat(session.durationMs()).isBetween(499L, 501L);
    assertThat(types(session))
        .containsExactly(
            "skill.invoked",
            "llm.request",
            "llm.response",
            "tool.called",
            "tool.completed",
            "tool.called",
            "tool.completed",
            "llm.request",
            "error");
    assertThat(data(session, 0)).isEqualTo("{\"skill_name\":\"Assistant.chat\"}");
    assertThat(data(session, 1)).isEqualTo("{\"model\":\"gpt-4o-mini\",\"tokens\":812}");
    assertThat(data(session, 2)).isEqualTo("{\"model\":\"gpt-4o-mini\",\"latency_ms\":50}");
    assertThat(data(session, 3)).isEqualTo("{\"tool\":\"price\"}");
    assertThat(data(session, 4)).isEqualTo("{\"tool\":\"price\",\"success\":true,\"error\":null}");
    assertThat(data(session, 6))
        .isEqualTo("{\"tool\":\"price\",\"success\":false,\"error\":\"Timeout\"}");
    assertThat(data(session, 8)).isEqualTo("{\"error_type\":\"RateLimit\",\"message\":null}");
    assertThat(session.toolCalls()).hasSize(2);
    assertThat(session.events()).allMatch(event -> event.sessionId().equals(run.id()));
  }

  @Test
  void s3_aGeneratedIdIsAUuidAndALibrarysIdIsKept() {
    record(1, false, null);
    end(run(null), null);
    Run named = run(null);
    named.identify("invocation-7");
    end(named, null);
    tick(Duration.ZERO);
    assertThat(written.get(0).sessionId())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(written.get(1).sessionId()).isEqualTo("invocation-7");
  }

  @Test
  void s3_eventsOfUnknownAndEndedRunsAreIgnoredAndOnlyEndedSessionsAreWritten() {
    record(1, false, null);
    Run unknown = stream.newRun("Never.began", null);
    tool(unknown, null, null);
    Run ended = run(null);
    end(ended, null);
    tool(ended, null, null);
    stream.ended(unknown, unknown.startNanos(), null, null, null);
    Run open = run(null);
    tool(open, null, null);
    assertThat(only().events()).hasSize(1);
  }

  @Test
  void s4_theFirstSkillStays() {
    record(1, false, null);
    Run first = run("conversation-1");
    end(first, null);
    Run second = stream.newRun("Other.ask", "conversation-1");
    stream.began(second);
    end(second, null);
    tick(Duration.ofMinutes(11));
    assertThat(written.get(0).skillName()).isEqualTo("Assistant.chat");
  }

  @Test
  void s11_dataOfTheApplicationIsData() {
    record(1, false, null);
    Run run = run(null);
    stream.recorded(
        run, "basket.changed", Map.of("items", List.of(1, 2), "mail", "bob@example.com"));
    stream.recorded(run, "text", "{\"card\": \"4111 1111 1111 1111\"}");
    end(run, null);
    Session session = only();
    assertThat(types(session)).containsExactly("skill.invoked", "basket.changed", "text");
    assertThat(session.events().get(1).data().get("items").toString()).isEqualTo("[1,2]");
    assertThat(session.events().get(1).skillName()).isNull();
    assertThat(texts.get(0)).doesNotContain("bob@").doesNotContain("4111");
  }

  @Test
  void s13_onlyTheShareThatIsSampledIsRecorded() {
    record(0.1, false, null);
    for (int i = 0; i < 2000; i++) {
      end(run(null), null);
      if (i % 100 == 0) {
        tick(Duration.ZERO);
      }
    }
    tick(Duration.ZERO);
    assertThat(written).hasSizeBetween(120, 280);
  }

  @Test
  void aConversationIsOneSessionThatEndsWhenItWasIdle() {
    record(1, false, null);
    end(run("c-1"), "Timeout");
    Run second = run("c-1");
    tool(second, null, null);
    end(second, null);
    tick(Duration.ofMinutes(9));
    assertThat(written).isEmpty();
    tick(Duration.ofMinutes(11));
    Session session = only();
    assertThat(session.sessionId()).isEqualTo("c-1");
    assertThat(session.success()).as("the last run decides").isTrue();
    assertThat(types(session))
        .containsExactly(
            "skill.invoked", "error", "skill.invoked", "tool.called", "tool.completed");
    assertThat(session.metadata().toString()).isEqualTo("{\"runs\":2}");
  }

  @Test
  void aConversationThatIsToldLateNamesTheSession() {
    record(1, false, null);
    Run run = run(null);
    run.isPartOf("late");
    end(run, null);
    tick(Duration.ofMinutes(11));
    assertThat(only().sessionId()).isEqualTo("late");
  }

  @Test
  void aConversationNamedByAnAddressIsNotWrittenByThatName() {
    record(1, false, null);
    end(run("bob@example.com"), null);
    tick(Duration.ofMinutes(11));
    assertThat(only().sessionId()).matches("session-[0-9a-f]{16}");
    assertThat(texts.get(0)).doesNotContain("bob");
  }

  @Test
  void aRunThatFailedIsAFailedSession() {
    record(1, false, null);
    end(run(null), "java.net.SocketTimeoutException");
    Session session = only();
    assertThat(session.success()).isFalse();
    assertThat(session.error()).isEqualTo("java.net.SocketTimeoutException");
    assertThat(data(session, 1))
        .isEqualTo("{\"error_type\":\"java.net.SocketTimeoutException\",\"message\":null}");
  }

  @Test
  void sessionsThatAreOpenAtTheEndOfTheJvmAreInterrupted() {
    record(1, false, null);
    run(null);
    Run conversation = run("c-1");
    tool(conversation, null, null);
    end(run("c-2"), null);
    stream.close();
    assertThat(written)
        .extracting(Session::success, Session::error)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(false, "interrupted"),
            org.assertj.core.groups.Tuple.tuple(false, "interrupted"),
            org.assertj.core.groups.Tuple.tuple(true, null));
  }

  @Test
  void contentsAreOnlyRecordedWhereThatIsSwitchedOn() {
    record(1, false, null);
    Run run = run(null);
    request(run, null, "secret prompt", "secret answer");
    tool(run, null, "{\"secret\": \"argument\"}");
    end(run, "Failure");
    only();
    assertThat(texts.get(0))
        .doesNotContain("prompt\": \"s")
        .doesNotContain("secret")
        .doesNotContain("argument")
        .doesNotContain("bob@");
  }

  @Test
  void contentsAreCleanAndCut() {
    record(1, true, "CUST-\\d+");
    Run run = run(null);
    request(run, null, "mail ann@example.com about CUST-4711 ", "call +49 170 1234567");
    tool(run, null, "{\"to\": \"a\\u0040b.example\", \"n\": [1, 4111111111111111]}");
    tool(run, null, Map.of("text", "x".repeat(100_000)));
    request(run, "Failure", "later", null);
    end(run, "Failure");
    Session session = only();
    assertThat(session.prompt()).isEqualTo("mail [redacted:email] about [redacted:pattern] ");
    assertThat(session.output()).isEqualTo("call [redacted:phone-number]");
    assertThat(session.toolCalls().get(0).get("args").toString())
        .isEqualTo("{\"to\":\"[redacted:email]\",\"n\":[1,\"[redacted:card-number]\"]}");
    assertThat(session.toolCalls().get(1).get("args").asString()).hasSizeBetween(8180, 8192);
    assertThat(texts.get(0)).contains("of [redacted:email]").doesNotContain("ann@", "bob@", "4711");
  }

  @Test
  void anAnswerWithoutATextLeavesTheOneBefore() {
    record(1, true, null);
    Run run = run(null);
    request(run, null, new Object(), "an answer");
    request(run, null, "a question", new Object());
    stream.ended(run, run.startNanos(), null, null, new Object());
    Session session = only();
    assertThat(session.prompt()).isEqualTo("a question");
    assertThat(session.output()).isEqualTo("an answer");
    assertThat(texts.get(0)).doesNotContain("java.lang.Object");
  }

  @Test
  void aResultOfTheApplicationsOwnTypeSaysItselfWhatItHolds() {
    record Order(String item) {}
    record(1, true, null);
    Run run = run(null);
    stream.ended(run, run.startNanos(), null, null, new Order("bolts for bob@example.com"));
    assertThat(only().output()).isEqualTo("Order[item=bolts for [redacted:email]]");
  }

  @Test
  void aStreamIsLeftToTheApplication() {
    Iterable<String> lines =
        () -> {
          throw new IllegalStateException("read");
        };
    record(1, true, null);
    Run run = run(null);
    request(run, null, lines, List.of(lines));
    tool(run, null, Map.of("lines", lines));
    stream.ended(run, run.startNanos(), null, null, lines);
    assertThat(types(only())).contains("llm.response", "tool.called");
    assertThat(only().toolCalls()).hasSize(1);
  }

  /** An object that cannot say what it holds: its own fault, or changed while it is read. */
  private static final class Unreadable extends AbstractMap<String, Object> {
    private final Throwable fault;

    Unreadable(Throwable fault) {
      this.fault = fault;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      throw fault();
    }

    @Override
    public String toString() {
      throw fault();
    }

    private RuntimeException fault() {
      if (fault instanceof Error error) {
        throw error;
      }
      return (RuntimeException) fault;
    }
  }

  @Test
  void anObjectThatCannotBeReadCostsItsTextAndNoEvent() {
    record(1, true, null);
    for (Throwable fault :
        List.of(new ConcurrentModificationException(), new StackOverflowError())) {
      Object content = new Unreadable(fault);
      Run run = run(null);
      request(run, null, content, content);
      tool(run, null, content);
      stream.recorded(run, "basket.changed", content);
      stream.ended(run, run.startNanos(), null, null, content);
    }
    tick(Duration.ZERO);
    assertThat(written).hasSize(2);
    assertThat(written)
        .allSatisfy(
            session ->
                assertThat(types(session))
                    .containsExactly(
                        "skill.invoked",
                        "llm.request",
                        "llm.response",
                        "tool.called",
                        "tool.completed",
                        "basket.changed"));
  }

  @Test
  void contentsOfASessionHaveALimitAndTheSessionCanBeRead() {
    record(1, true, null);
    Run run = run(null);
    for (int i = 0; i < 300; i++) {
      tool(run, null, "\u0001".repeat(8000));
    }
    end(run, null);
    Session session = only(); // the reader refuses sessions of more than 8 MB
    assertThat(session.toolCalls()).hasSize(300);
    assertThat(session.toolCalls().get(0).has("args")).isTrue();
    assertThat(session.toolCalls().get(299).has("args")).isFalse();
    assertThat(session.metadata().get("dropped_contents").asInt()).isPositive();
  }

  @Test
  void contentsOfAllSessionsHaveALimitTogetherAndMakeRoomWhenTheyEnd() {
    record(1, true, null);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Run run = run(null);
      runs.add(run);
      for (int j = 0; j < 60; j++) {
        tool(run, null, "x".repeat(8000));
      }
      stream.deliver();
    }
    runs.forEach(run -> end(run, null));
    tick(Duration.ZERO);
    long kept =
        written.stream()
            .flatMap(session -> session.toolCalls().stream())
            .filter(call -> call.has("args"))
            .count();
    assertThat(kept * 8000).isBetween(30_000_000L, (long) ContentRoom.MAX_BYTES);

    written.clear();
    Run later = run(null);
    tool(later, null, "x".repeat(8000));
    end(later, null);
    assertThat(only().toolCalls().get(0).has("args")).isTrue();
  }

  /** A file has a limit of its own on the depth, and one such session would hold up all others. */
  @Test
  void argumentsThatAreNestedDeeplyAreAText() {
    String nested = "[".repeat(499) + "\"bob@example.com\"" + "]".repeat(499);
    record(1, true, null);
    Run run = run(null);
    tool(run, null, nested);
    end(run, null);
    assertThat(only().toolCalls().get(0).get("args").asString())
        .isEqualTo(nested.replace("bob@example.com", "[redacted:email]"));
  }

  @Test
  void jsonWithinArgumentsHidesNoSecret() {
    record(1, true, null);
    Run run = run(null);
    tool(run, null, "{\"body\": \"{\\\"to\\\":\\\"a\\\\u0040b.example\\\"}\"}");
    end(run, null);
    assertThat(only().toolCalls().get(0).get("args").toString())
        .isEqualTo("{\"body\":\"{\\\"to\\\":\\\"[redacted:email]\\\"}\"}");
  }

  /** As a tree of arguments does: its texts are clean before they become JSON, with escapes. */
  @Test
  void aPromptThatIsAMapHidesNoSecret() {
    record(1, true, null);
    Run run = run(null);
    request(
        run, null, List.of(Map.of("body", "{\"to\":\"a\\u0040b.example\"}")), Map.of("pin", "1"));
    stream.ended(run, run.startNanos(), null, null, Map.of("password", "a\"b"));
    assertThat(only().prompt()).contains("[redacted:email]").doesNotContain("b.example");
    assertThat(only().output()).isEqualTo("{\"password\":\"[redacted:api-key]\"}");
  }

  @Test
  void aPatternThatCannotBeUsedSwitchesContentsOff() {
    record(1, true, "(");
    Run run = run(null);
    request(run, null, "a prompt", "an answer");
    end(run, null);
    assertThat(only().prompt()).isEmpty();
  }

  @Test
  void eventsBeyondTheLimitAreCounted() {
    record(1, false, null);
    Run run = run(null);
    for (int i = 0; i < 600; i++) {
      tool(run, null, null);
    }
    end(run, null);
    Session session = only();
    assertThat(session.events()).hasSize(OpenSession.MAX_EVENTS);
    assertThat(session.metadata().get("dropped_events").asInt()).isEqualTo(201);
  }

  @Test
  void sessionsThatTheDiskDidNotTakeBeforeTheEndAreLostAndCounted() {
    record(1, false, null);
    diskIsFull = true;
    end(run(null), null);
    end(run(null), null);
    stream.close();
    assertThat(written).isEmpty();
    assertThat(ended.lost()).isEqualTo(2);
  }

  @Test
  void sessionsBeyondTheLimitAreNotRecorded() {
    record(1, false, null);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < OpenSessions.MAX_OPEN + 5; i++) {
      runs.add(run(null));
    }
    stream.deliver();
    runs.forEach(run -> end(run, null));
    tick(Duration.ZERO);
    assertThat(written).hasSize(OpenSessions.MAX_OPEN);
    end(run(null), null);
    tick(Duration.ZERO);
    assertThat(written).hasSize(OpenSessions.MAX_OPEN + 1);
  }

  @Test
  void sessionsWaitForTheDisk() {
    record(1, false, null);
    diskIsFull = true;
    end(run(null), null);
    tick(Duration.ZERO);
    end(run(null), null);
    tick(Duration.ZERO);
    assertThat(written).isEmpty();
    diskIsFull = false;
    tick(EndedSessions.PAUSE);
    assertThat(written).hasSize(2);
    assertThat(texts).hasSize(1);
  }

  @Test
  void filesAreWholePrivateAndLimitedInNumber() throws IOException {
    SessionSettings settings = settings(1, false, null, folder.toFile());
    recorder = new SessionRecorder(settings, "worker-1", null);
    stream = EventStream.byHand(List.of(recorder), EventSettings.sampling(1));
    Path sessions = folder.resolve("debug/sessions");
    for (int i = 0; i < 5; i++) {
      end(run(null), null);
      tick(Duration.ofMinutes(i));
    }
    try (Stream<Path> files = Files.list(sessions)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(3).allMatch(f -> f.toString().endsWith("_worker-1.json"));
      for (Path file : all) {
        assertThat(file.toFile().canExecute()).isFalse();
        SessionFile.sessions(Files.newInputStream(file), written::add);
      }
    }
    assertThat(written).hasSize(3);
  }
}
