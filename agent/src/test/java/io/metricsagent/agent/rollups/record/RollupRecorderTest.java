package io.metricsagent.agent.rollups.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.files.SkippedLines;
import io.metricsagent.agent.rollups.Counter;
import io.metricsagent.agent.rollups.Distribution;
import io.metricsagent.agent.rollups.HourRange;
import io.metricsagent.agent.rollups.Quantity;
import io.metricsagent.agent.rollups.Rollup;
import io.metricsagent.agent.rollups.RollupFiles;
import io.metricsagent.agent.rollups.RollupKey;
import io.metricsagent.agent.rollups.Rollups;
import io.metricsagent.instrumentations.events.CallEvent;
import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.events.EventSettings;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mapping of calls in an application onto session metrics. */
class RollupRecorderTest {
  private static final int MAX_FILES = 10;
  private static final long MILLI = 1_000_000;

  @TempDir private Path folder;
  private RollupRecorder recorder;
  private EventStream stream;

  @BeforeEach
  void start() {
    start(1, false);
  }

  private void start(int successPieces, boolean swapModels) {
    recorder =
        new RollupRecorder(
            new RollupOptions(
                folder.resolve("rollups").toFile(),
                "worker/1",
                "exp",
                60_000,
                3,
                successPieces,
                List.of("user disconnected", "quota"),
                swapModels,
                MAX_FILES,
                Duration.ofDays(90)));
    stream = EventStream.byHand(List.of(recorder), EventSettings.sampling(0));
  }

  private Run run() {
    Run run = stream.newRun("Assistant.chat", null);
    stream.began(run);
    return run;
  }

  private void end(Run run) {
    stream.ended(run, run.startNanos() + 900 * MILLI, null, null, null);
  }

  /** Publishes an event at some milliseconds after the run's beginning. */
  private CallEvent event(EventKind kind, Run run, long operation, long millis) {
    Run of = run == null ? stream.process() : run;
    return stream.event(kind, run, operation, of.startNanos() + millis * MILLI);
  }

  private long request(Run run, long millis, String provider, String model) {
    long operation = stream.nextOperation();
    stream.publish(
        event(EventKind.REQUEST_BEGAN, run, operation, millis).asks(provider, model, "chat"));
    return operation;
  }

  private void firstPiece(Run run, long operation, long millis) {
    stream.publish(event(EventKind.FIRST_PIECE, run, operation, millis).firstPieceAfter(1));
  }

  private void output(Run run, long operation, long millis, int pieces, long tookMillis) {
    stream.publish(
        event(EventKind.OUTPUT, run, operation, millis).inPieces(pieces).took(tookMillis * MILLI));
  }

  private CallEvent ended(Run run, long operation, long millis, String provider, String model) {
    return event(EventKind.REQUEST_ENDED, run, operation, millis).asks(provider, model, "chat");
  }

  private void failed(Run run, long operation, long millis, Throwable thrown) {
    stream.publish(
        ended(run, operation, millis, "openai", "m").ended(thrown.getClass().getName(), thrown));
  }

  private void delivered() {
    stream.deliver();
    recorder.close();
  }

  private Rollups read() {
    Rollups rollups = new Rollups();
    try {
      for (Path file : RollupFiles.in(folder)) {
        try (InputStream in = Files.newInputStream(file)) {
          assertThat(
                  RollupFiles.read(
                      in, HourRange.ALL, (key, value) -> rollups.at(key).addAll(value), b -> {}))
              .isEqualTo(SkippedLines.NONE);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return rollups;
  }

  private Rollup sum() {
    Rollup sum = new Rollup();
    read().cells().values().forEach(sum::addAll);
    return sum;
  }

  private void assertClass(Counter expected) {
    delivered();
    Rollup sum = sum();
    assertThat(sum.get(Counter.KNOWN)).isEqualTo(1);
    assertThat(sum.get(expected)).isEqualTo(1);
  }

  private long requestFor(String experiment, String requestId, long millis) {
    long operation = stream.nextOperation();
    stream.publish(
        event(EventKind.REQUEST_BEGAN, null, operation, millis)
            .asks("openai", "m", "chat")
            .isFor(experiment, requestId));
    return operation;
  }

  @Test
  void requestsForWhichTheApplicationSaysOneIdAreOneSession() {
    long first = requestFor(null, "r-1", 0);
    failed(null, first, 10, new IllegalStateException());
    long second = requestFor(null, "r-1", 20);
    long other = requestFor(null, "r-2", 25);
    stream.publish(ended(null, second, 30, "openai", "m"));
    stream.publish(ended(null, other, 40, "openai", "m"));
    long alone = requestFor(null, null, 50);
    stream.publish(ended(null, alone, 60, "openai", "m"));
    delivered();

    assertThat(sum().get(Counter.KNOWN)).isEqualTo(3);
    assertThat(sum().get(Counter.SUCCESS)).isEqualTo(3);
  }

  @Test
  void aSessionOfAnIdIsOverWhenItWasQuietForAMinute() {
    long first = requestFor(null, "r-1", 0);
    stream.publish(ended(null, first, 10, "openai", "m"));
    stream.deliver();
    long now = System.currentTimeMillis();
    recorder.tick(now);
    recorder.tick(now + 59_000);
    long second = requestFor(null, "r-1", 20);
    stream.deliver();
    recorder.tick(now + 120_000); // a request is under way
    stream.publish(ended(null, second, 30, "openai", "m"));
    stream.deliver();
    recorder.tick(now + 240_000);
    long third = requestFor(null, "r-1", 40);
    stream.publish(ended(null, third, 50, "openai", "m"));
    delivered();

    assertThat(sum().get(Counter.KNOWN)).isEqualTo(2);
  }

  @Test
  void eachExperimentThatIsSaidHasFiguresOfItsOwn() {
    for (String experiment : new String[] {"baseline", "v2-concise", "baseline", null}) {
      long operation = requestFor(experiment, null, 0);
      stream.publish(ended(null, operation, 10, "openai", "m"));
    }
    delivered();

    Map<String, Long> known = new HashMap<>();
    read().cells().forEach((key, rollup) -> known.put(key.experiment(), rollup.get(Counter.KNOWN)));
    assertThat(known).isEqualTo(Map.of("baseline", 2L, "v2-concise", 1L, "exp", 1L));
  }

  @Test
  void aRunIsASessionOfTheFirstProviderAndModelWithTheWorkersTags() {
    Run run = run();
    long first = request(run, 10, "openai", "m");
    stream.publish(ended(run, first, 110, "openai", "m"));
    long second = request(run, 200, "openai", "n");
    stream.publish(ended(run, second, 300, "openai", "n"));
    end(run);
    delivered();

    assertThat(read().cells()).hasSize(1);
    RollupKey key = read().cells().keySet().iterator().next();
    assertThat(key)
        .isEqualTo(
            new RollupKey(
                RollupKey.hourOf(run.startEpochMillis()), "openai", "m", "worker/1", "exp"));
    Rollup sum = sum();
    assertThat(sum.get(Counter.SESSIONS)).isEqualTo(1);
    assertThat(sum.get(Counter.STREAMS)).isEqualTo(1);
    assertThat(sum.get(Counter.SUCCESS)).isEqualTo(1);
    assertThat(sum.get(Counter.SWAPPED)).isZero();
    assertThat(sum.distribution(Quantity.STARTUP_TIME).mean(1000)).isEqualTo(100);
    assertThat(sum.distribution(Quantity.E2E_LATENCY).mean(1000)).isEqualTo(100);
    assertThat(sum.distribution(Quantity.OUTPUT_RATE).count()).isZero();
  }

  @Test
  void aRequestOutsideOfEveryRunIsASessionOfItsOwn() {
    for (int i = 0; i < 2; i++) {
      long operation = request(null, 10, "openai", "m");
      stream.publish(ended(null, operation, 20, "openai", "m"));
    }
    delivered();
    assertThat(sum().get(Counter.SUCCESS)).isEqualTo(2);
    assertThat(sum().get(Counter.STREAMS)).isEqualTo(2);
  }

  @Test
  void aRunWithoutARequestIsNoSession() {
    Run run = run();
    end(run);
    delivered();
    assertThat(folder.resolve("rollups")).doesNotExist();
  }

  @Test
  void theFirstPieceIsTheFirstOutputAndTheConfiguredNumberOfPiecesIsTheSuccess() {
    start(3, false);
    Run run = run();
    long operation = request(run, 0, "openai", "m");
    firstPiece(run, operation, 100);
    output(run, operation, 300, 1, 200);
    output(run, operation, 500, 1, 200);
    failed(run, operation, 600, new IOException("connection reset"));
    end(run);
    assertClass(Counter.SUCCESS);
    assertThat(sum().distribution(Quantity.STARTUP_TIME).mean(1000)).isEqualTo(100);
    assertThat(sum().distribution(Quantity.E2E_LATENCY).mean(1000)).isEqualTo(500);
  }

  @Test
  void aStreamThatBreaksBeforeTheConfiguredNumberOfPiecesIsNoSuccess() {
    start(3, false);
    Run run = run();
    long operation = request(run, 0, "openai", "m");
    firstPiece(run, operation, 100);
    failed(run, operation, 600, new IOException("connection reset"));
    end(run);
    assertClass(Counter.UNEXCUSED);
  }

  @Test
  void aWholeAnswerOfFewerPiecesIsASuccess() {
    start(3, false);
    Run run = run();
    long operation = request(run, 0, "openai", "m");
    firstPiece(run, operation, 100);
    stream.publish(ended(run, operation, 200, "openai", "m").firstPieceAfter(100 * MILLI));
    end(run);
    assertClass(Counter.SUCCESS);
  }

  @Test
  void throttlesThatAreExhaustedAreExcusedBesideOtherErrors() {
    Run run = run();
    failed(run, request(run, 0, "openai", "m"), 10, new IOException("reset"));
    long operation = request(run, 20, "openai", "m");
    stream.publish(
        ended(run, operation, 30, "openai", "m")
            .attempted(5, true)
            .ended("429", new IOException("too many requests")));
    end(run);
    assertClass(Counter.EXCUSED);
    assertThat(sum().get(Counter.MISSING_CAPACITY)).isEqualTo(1);
  }

  @Test
  void aSessionThatSomeProviderServedMissesNoCapacity() {
    Run run = run();
    long operation = request(run, 0, "openai", "m");
    stream.publish(
        ended(run, operation, 10, "openai", "m")
            .attempted(5, true)
            .ended("429", new IOException("too many requests")));
    long second = request(run, 20, "anthropic", "n");
    stream.publish(ended(run, second, 30, "anthropic", "n").ended(null, null));
    end(run);
    assertClass(Counter.SUCCESS);
    assertThat(sum().get(Counter.MISSING_CAPACITY)).isZero();
  }

  @Test
  void whatTheCallerCancelsIsExcused() {
    Run run = run();
    long operation = request(run, 0, "openai", "m");
    stream.publish(ended(run, operation, 30, "openai", "m").ended(Run.CANCELLED, null));
    end(run);
    assertClass(Counter.EXCUSED);
  }

  @Test
  void aRunThatTheCallerCancelsIsExcused() {
    Run run = run();
    request(run, 0, "openai", "m");
    stream.ended(run, run.startNanos() + MILLI, Run.CANCELLED, null, null);
    assertClass(Counter.EXCUSED);
  }

  @Test
  void aPhraseInTheMessageOfAnyCauseExcuses() {
    Run run = run();
    failed(
        run,
        request(run, 0, "openai", "m"),
        10,
        new IllegalStateException("wrapped", new IOException("QUOTA is used up")));
    end(run);
    assertClass(Counter.EXCUSED);
  }

  @Test
  void oneErrorThatIsNotExcusableIsEnough() {
    Run run = run();
    failed(run, request(run, 0, "openai", "m"), 10, new IOException("quota"));
    failed(run, request(run, 20, "openai", "m"), 30, new IOException("reset"));
    end(run);
    assertClass(Counter.UNEXCUSED);
    assertThat(sum().get(Counter.ERRORS)).isEqualTo(2);
    assertThat(sum().get(Counter.EXCUSABLE_ERRORS)).isEqualTo(1);
  }

  @Test
  void anotherModelAfterAFailureIsAConfirmedSwap() {
    Run run = run();
    failed(run, request(run, 0, "openai", "m"), 10, new IOException("reset"));
    long operation = request(run, 20, "openai", "fallback");
    stream.publish(ended(run, operation, 30, "openai", "fallback"));
    end(run);
    assertClass(Counter.SUCCESS);
    assertThat(sum().get(Counter.CONFIRMED_SWAPS)).isEqualTo(1);
    assertThat(sum().get(Counter.INFERRED_CHANGES)).isZero();
    assertThat(sum().get(Counter.SWAPPED)).isEqualTo(1);
  }

  @Test
  void aRetryOfTheSameModelAndARequestThatBeganBeforeTheFailureAreNoSwaps() {
    Run run = run();
    long parallel = request(run, 0, "openai", "other");
    failed(run, request(run, 0, "openai", "m"), 10, new IOException("reset"));
    stream.publish(ended(run, parallel, 20, "openai", "other"));
    long retry = request(run, 30, "openai", "m");
    stream.publish(ended(run, retry, 40, "openai", "m"));
    end(run);
    delivered();
    assertThat(sum().get(Counter.SWAPPED)).isZero();
  }

  @Test
  void severalProvidersAreAnInferredSwapAndSeveralModelsOnlyIfThatIsSet() {
    twoModels("anthropic", "m");
    assertThat(sum().get(Counter.INFERRED_CHANGES)).isEqualTo(1);
    start(1, true);
    twoModels("openai", "n");
    assertThat(sum().get(Counter.INFERRED_CHANGES)).isEqualTo(2);
    start(1, false);
    twoModels("openai", "n");
    assertThat(sum().get(Counter.INFERRED_CHANGES)).isEqualTo(2);
  }

  private void twoModels(String provider, String model) {
    Run run = run();
    stream.publish(ended(run, request(run, 0, "openai", "m"), 10, "openai", "m"));
    stream.publish(ended(run, request(run, 20, provider, model), 30, provider, model));
    end(run);
    delivered();
  }

  @Test
  void ratesAreTokensASecondAndTooShortTimesAreNone() {
    Run run = run();
    long operation = request(run, 0, "openai", "m");
    firstPiece(run, operation, 100);
    output(run, operation, 1100, 9, 1000);
    output(run, operation, 2100, 10, 1000);
    output(run, operation, 2110, 1, 10);
    stream.publish(
        ended(run, operation, 2110, "openai", "m")
            .firstPieceAfter(100 * MILLI)
            .inPieces(21)
            .counted(5, 42, -1));
    end(run);
    delivered();
    Distribution rates = sum().distribution(Quantity.OUTPUT_RATE);
    assertThat(rates.count()).isEqualTo(2);
    assertThat(rates.mean(Quantity.UNITS)).isEqualTo(19);
    assertThat(sum().get(Counter.STATUS_SAMPLES)).isEqualTo(2);
  }

  @Test
  void aRequestThatGoesOnBehindItsRunStillCounts() {
    Run run = run();
    long operation = request(run, 0, "openai", "m");
    end(run);
    stream.publish(ended(run, operation, 2000, "openai", "m"));
    assertClass(Counter.SUCCESS);
  }

  @Test
  void aConversationIsOneStream() {
    for (int i = 0; i < 2; i++) {
      Run run = stream.newRun("Assistant.chat", "conversation");
      stream.began(run);
      stream.publish(ended(run, request(run, 0, "openai", "m"), 10, "openai", "m"));
      end(run);
    }
    delivered();
    assertThat(sum().get(Counter.SESSIONS)).isEqualTo(2);
    assertThat(sum().get(Counter.STREAMS)).isEqualTo(1);
  }

  @Test
  void whatWasRecordedIsOnDiskAfterTheNextFlushAndIsWrittenOnce() throws Exception {
    stream.publish(ended(null, request(null, 0, "openai", "m"), 10, "openai", "m"));
    stream.deliver();
    long now = 1_705_312_800_000L;
    recorder.tick(now);
    recorder.tick(now + 59_999);
    assertThat(folder.resolve("rollups")).doesNotExist();
    recorder.tick(now + 60_000);
    assertThat(sum().get(Counter.SUCCESS)).isEqualTo(1);
    stream.publish(ended(null, request(null, 0, "openai", "m"), 10, "openai", "m"));
    stream.deliver();
    recorder.tick(now + 3_600_000);
    recorder.close();
    assertThat(sum().get(Counter.SUCCESS)).isEqualTo(2);
    List<Path> files = RollupFiles.in(folder);
    assertThat(files).hasSize(1);
    assertThat(files.get(0).getFileName().toString())
        .matches("\\d{4}-\\d\\d-\\d\\d_worker_1.jsonl");
    assertThat(Files.readAllLines(files.get(0))).hasSize(2);
  }

  @Test
  void ofMoreFilesThanTheSettingsAllowTheOldestGo() throws Exception {
    Path rollups = Files.createDirectory(folder.resolve("rollups"));
    for (int copy = 0; copy < MAX_FILES; copy++) {
      Files.createFile(rollups.resolve("2020-01-1" + copy + "_w.jsonl"));
    }
    Files.createFile(rollups.resolve("notes.txt"));
    stream.publish(ended(null, request(null, 0, "openai", "m"), 10, "openai", "m"));
    delivered();
    assertThat(rollups.resolve("2020-01-10_w.jsonl")).doesNotExist();
    assertThat(rollups.resolve("2020-01-11_w.jsonl")).exists();
    assertThat(rollups.resolve("notes.txt")).exists();
    assertThat(sum().get(Counter.SUCCESS)).isEqualTo(1);
  }

  @Test
  void anHoursEndIsAFlush() {
    stream.publish(ended(null, request(null, 0, "openai", "m"), 10, "openai", "m"));
    stream.deliver();
    recorder.tick(3_600_000 - 1);
    recorder.tick(3_600_000);
    assertThat(sum().get(Counter.SUCCESS)).isEqualTo(1);
  }

  @Test
  void figuresThatCannotBeWrittenWaitForTheNextFlush() throws Exception {
    Path blocked = Files.writeString(folder.resolve("rollups"), "a file");
    stream.publish(ended(null, request(null, 0, "openai", "m"), 10, "openai", "m"));
    stream.deliver();
    recorder.tick(0);
    recorder.tick(60_000);
    Files.delete(blocked);
    recorder.tick(120_000);
    assertThat(sum().get(Counter.SUCCESS)).isEqualTo(1);
  }

  @Test
  void keysBeyondTheLimitShareOne() {
    for (int i = 0; i < 6; i++) {
      String model = "m" + i;
      stream.publish(ended(null, request(null, 0, "openai", model), 10, "openai", model));
    }
    delivered();
    assertThat(read().cells().keySet())
        .extracting(RollupKey::model)
        .containsExactlyInAnyOrder("m0", "m1", "m2", "_other");
    assertThat(sum().get(Counter.SUCCESS)).isEqualTo(6);
  }

  /** Else an application that loses runs would have no session metrics until its end. */
  @Test
  void runsThatNeverEndDoNotTakeTheRoomOfOthersForever() {
    for (int i = 0; i < RollupRecorder.MAX_SESSIONS; i++) {
      request(run(), 0, "openai", "m");
      stream.deliver();
    }
    recorder.tick(System.currentTimeMillis() + 500_000);
    Run lost = run();
    stream.publish(ended(lost, request(lost, 0, "openai", "m"), 1, "openai", "m"));
    end(lost);
    stream.deliver();
    recorder.tick(System.currentTimeMillis() + 700_000);
    Run run = run();
    stream.publish(ended(run, request(run, 0, "openai", "m"), 1, "openai", "m"));
    end(run);
    delivered();
    assertThat(sum().get(Counter.UNEXCUSED)).isEqualTo(RollupRecorder.MAX_SESSIONS);
    assertThat(sum().get(Counter.SUCCESS)).isOne();
  }

  @Test
  void sessionsThatAreOpenAtTheEndCount() {
    Run run = run();
    request(run, 0, "openai", "m");
    request(null, 0, "openai", "m");
    stream.close();
    assertThat(sum().get(Counter.KNOWN)).isEqualTo(2);
    assertThat(sum().get(Counter.UNEXCUSED)).isEqualTo(2);
  }
}
