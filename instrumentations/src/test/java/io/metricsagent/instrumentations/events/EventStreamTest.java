package io.metricsagent.instrumentations.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.testing.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The way of events from handlers to consumers. */
class EventStreamTest {
  /** Notes what it hears as text. */
  private static class Noting implements EventConsumer {
    final List<String> heard = new ArrayList<>();
    private final Interest interest;

    Noting(Interest interest) {
      this.interest = interest;
    }

    @Override
    public Interest interest() {
      return interest;
    }

    @Override
    public void accept(CallEvent event) {
      heard.add(
          event.kind()
              + " "
              + event.run().scenario()
              + (event.errorType() == null ? "" : " " + event.errorType()));
    }

    @Override
    public void tick(long epochMillis) {}

    @Override
    public void close() {
      heard.add("closed");
    }
  }

  private final Noting all = new Noting(EventConsumer.Interest.EVERYTHING);

  private static EventStream to(EventConsumer... consumers) {
    return EventStream.byHand(List.of(consumers), EventSettings.sampling(1));
  }

  private static void tool(EventStream stream, Run run) {
    if (stream.wants(run)) {
      stream.publish(stream.event(EventKind.TOOL_ENDED, run, 1, System.nanoTime()).ofTool("t"));
    }
  }

  @Test
  void aStreamWithoutConsumersIsOff() {
    EventStream stream = EventStream.to(List.of(), EventSettings.sampling(1));

    assertThat(stream).isSameAs(EventStream.OFF);
    assertThat(stream.isOn()).isFalse();
    assertThat(stream.wants(null)).isFalse();
    assertThat(stream.hasContent()).isFalse();
    assertThat(stream.dropped()).isZero();
    stream.close();
  }

  @Test
  void runsBeginAndEnd() {
    EventStream stream = to(all);
    Run run = stream.newRun("Assistant.chat", "room 5");
    stream.began(run);
    tool(stream, run);
    stream.ended(run, System.nanoTime(), null, null, null);
    stream.ended(run, System.nanoTime(), "late", null, null);
    stream.close();

    assertThat(all.heard)
        .containsExactly(
            "RUN_BEGAN Assistant.chat",
            "TOOL_ENDED Assistant.chat",
            "RUN_ENDED Assistant.chat",
            "closed");
    assertThat(run.conversation()).isEqualTo("room 5");
  }

  @Test
  void whatHappensOutsideOfAllRunsBelongsToTheProcess() {
    EventStream stream = to(all);
    tool(stream, null);
    stream.close();

    assertThat(all.heard)
        .containsExactly("RUN_BEGAN process", "TOOL_ENDED process", "RUN_ENDED process", "closed");
  }

  @Test
  void theProcessIsNoRunIfNothingHappenedOutsideOfTheOthers() {
    EventStream stream = to(all);
    stream.close();

    assertThat(all.heard).containsExactly("closed");
  }

  /** Calls whose events nobody needs are work, too. */
  @Test
  void theProcessIsARunIfSomethingWasMeasuredOutsideOfTheOthers() {
    Noting runs = new Noting(EventConsumer.Interest.RUNS);
    EventStream stream = to(runs);
    stream.worked();
    stream.close();

    assertThat(runs.heard).containsExactly("RUN_BEGAN process", "RUN_ENDED process", "closed");
  }

  @Test
  void runsUnderWayEndAsInterrupted() {
    EventStream stream = to(all);
    stream.began(stream.newRun("Assistant.chat", null));
    stream.close();

    assertThat(all.heard)
        .containsExactly(
            "RUN_BEGAN Assistant.chat", "RUN_ENDED Assistant.chat interrupted", "closed");
  }

  @Test
  void eachConsumerGetsWhatItNeeds() {
    Noting runs = new Noting(EventConsumer.Interest.RUNS);
    Noting sampled = new Noting(EventConsumer.Interest.SAMPLED_RUNS);
    EventStream stream =
        EventStream.byHand(
            List.of(runs, sampled),
            new EventSettings(null, new RunSampling(0.5), false, System.currentTimeMillis()));
    Run in = runs(stream, true);
    Run out = runs(stream, false);
    for (Run run : List.of(in, out)) {
      stream.began(run);
      tool(stream, run);
      stream.recorded(run, "note", Map.of());
    }
    stream.deliver();

    assertThat(runs.heard)
        .containsExactly("RUN_BEGAN in", "APPLICATION in", "RUN_BEGAN out", "APPLICATION out");
    assertThat(sampled.heard)
        .containsExactly(
            "RUN_BEGAN in", "TOOL_ENDED in", "APPLICATION in", "RUN_BEGAN out", "APPLICATION out");
    assertThat(stream.wants(out)).isFalse();
  }

  private static Run runs(EventStream stream, boolean sampled) {
    while (true) {
      Run run = stream.newRun(sampled ? "in" : "out", null);
      if (run.isSampled() == sampled) {
        return run;
      }
    }
  }

  @Test
  void theUserMayNameTheScenario() {
    EventStream stream =
        EventStream.byHand(
            List.of(all), new EventSettings("nightly", new RunSampling(1), false, 0));

    assertThat(stream.newRun("Assistant.chat", null).scenario()).isEqualTo("nightly");
    assertThat(stream.process().scenario()).isEqualTo("nightly");
  }

  @Test
  void aFaultOfOneConsumerHurtsNoOther() {
    EventConsumer broken =
        new Noting(EventConsumer.Interest.EVERYTHING) {
          @Override
          public void accept(CallEvent event) {
            throw new IllegalStateException("disk full");
          }

          @Override
          public void close() {
            throw new StackOverflowError();
          }
        };
    EventStream stream = to(broken, all);
    Run run = stream.newRun("a", null);
    stream.began(run);
    stream.ended(run, System.nanoTime(), null, null, null);
    stream.close();

    assertThat(all.heard).containsExactly("RUN_BEGAN a", "RUN_ENDED a", "closed");
  }

  @Test
  void theClocksAgree() {
    EventStream stream = to(all);
    long[] seen = new long[2];
    EventStream other =
        to(
            new Noting(EventConsumer.Interest.EVERYTHING) {
              @Override
              public void accept(CallEvent event) {
                seen[0] = event.epochMillis();
                seen[1] = event.epochNanos() - event.nanos();
              }
            });
    Run run = other.newRun("a", null);
    other.began(run);
    other.deliver();

    assertThat(Math.abs(seen[0] - run.startEpochMillis())).isLessThan(60_000);
    assertThat(seen[1]).isNotZero();
    assertThat(stream.isOn()).isTrue();
  }

  /** The queue may be full when a run ends: the end is handed over later, from the run itself. */
  @Test
  void anEndThatDoesNotFitIsNotLost() {
    Consumers consumers = new Consumers(to(all).process(), List.of(all));
    EventStream stream = to(all);
    Run run = stream.newRun("a", null);
    CallEvent began = new CallEvent(0, 0);
    began.is(EventKind.RUN_BEGAN, run, 0, 0);
    consumers.accept(began);
    run.end(new Run.Ending(System.nanoTime() - 10_000_000_000L, "boom", null, null));
    consumers.tick(0, true);
    consumers.tick(0, true);

    assertThat(all.heard).containsExactly("RUN_BEGAN a", "RUN_ENDED a boom");
  }

  /** A consumer that waits for its disk may be behind for longer than a lost end is waited for. */
  @Test
  void anEndThatIsOnlyLateIsHandedOverOnce() {
    EventStream stream = to(all);
    Consumers consumers = new Consumers(stream.process(), List.of(all));
    Run run = stream.newRun("a", null);
    CallEvent event = new CallEvent(0, 0);
    event.is(EventKind.RUN_BEGAN, run, 0, 0);
    consumers.accept(event);
    long end = System.nanoTime() - 10_000_000_000L;
    run.end(new Run.Ending(end, "boom", null, null));
    consumers.tick(0, false);
    assertThat(all.heard).containsExactly("RUN_BEGAN a");
    consumers.tick(0, true);
    event.is(EventKind.RUN_ENDED, run, 0, end);
    consumers.accept(event);

    assertThat(all.heard).containsExactly("RUN_BEGAN a", "RUN_ENDED a boom");
  }

  @Test
  void aThreadOfItsOwnHandsEventsOver() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread[] thread = new Thread[1];
    EventStream stream =
        EventStream.withCapacity(
            List.of(
                new Noting(EventConsumer.Interest.EVERYTHING) {
                  @Override
                  public void accept(CallEvent event) {
                    if (event.kind() == EventKind.RUN_ENDED) {
                      thread[0] = Thread.currentThread();
                      ended.countDown();
                    }
                  }
                }),
            EventSettings.sampling(1),
            64);
    Run run = stream.newRun("a", null);
    stream.began(run);
    stream.ended(run, System.nanoTime(), null, null, null);

    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(thread[0].getName()).isEqualTo("metrics-agent-events");
    assertThat(thread[0].isDaemon()).isTrue();
    stream.close();
  }

  private EventStream saying(String sessionId) {
    return EventStream.byHand(
        List.of(all),
        new EventSettings(
            null,
            new RunSampling(1),
            false,
            System.currentTimeMillis(),
            Said.contexts(),
            sessionId));
  }

  @Test
  void whatIsSaidOfAThreadIsSaidOfTheRunsThatItBegins() {
    EventStream stream = saying(null);
    Said.put("session_id", "s-1");
    Said.put("run_id", "r-1");
    Said.put("attempt", "2");
    Said.put("trace_id", "t-1");
    try {
      Run run = stream.newRun("Assistant.chat", "memory 5");
      run.identify("of the library");
      Said.clear();

      assertThat(run.conversation()).isEqualTo("s-1");
      assertThat(run.id()).isEqualTo("r-1");
      assertThat(run.said())
          .isEqualTo(Map.of(ContextField.ATTEMPT, "2", ContextField.TRACE_ID, "t-1"));
      assertThat(stream.newRun("Assistant.chat", "memory 5").conversation()).isEqualTo("memory 5");
    } finally {
      Said.clear();
    }
  }

  @Test
  void theSessionOfTheSettingsIsForRunsWithoutAConversation() {
    EventStream stream = saying("night");

    assertThat(stream.newRun("Assistant.chat", null).conversation()).isEqualTo("night");
    assertThat(stream.newRun("Assistant.chat", "memory 5").conversation()).isEqualTo("memory 5");
    assertThat(stream.process().conversation()).isNull();
  }

  @Test
  void aRunKnowsWhatWasSaidFirst() {
    Run run = saying(null).newRun("Assistant.chat", null);
    run.says(ContextField.REQUEST_ID, "first");
    run.says(ContextField.REQUEST_ID, "second");
    run.says(ContextField.REQUEST_ID, null);
    run.says(ContextField.SESSION_ID, "s");
    run.says(ContextField.RUN_ID, "r");

    assertThat(run.said()).isEqualTo(Map.of(ContextField.REQUEST_ID, "first"));
    assertThat(run.conversation()).isEqualTo("s");
    assertThat(run.id()).isEqualTo("r");
  }
}
