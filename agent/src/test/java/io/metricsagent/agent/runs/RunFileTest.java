package io.metricsagent.agent.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.events.EventSettings;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.events.RunSampling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file of runs, as the specification describes it; the numbers are those of its contract. */
class RunFileTest {
  private static final int PROCESSES = 8;
  private static final int RUNS = 10_000;

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("made/for/it/metrics.jsonl");
  }

  private EventStream stream(Path file) {
    return EventStream.byHand(
        List.of(new RunFile(file.toFile())),
        new EventSettings(null, new RunSampling(0), false, System.currentTimeMillis()));
  }

  private static void end(EventStream stream, Run run, String errorType, Throwable error) {
    stream.ended(run, run.startNanos() + 12_300_000_000L, errorType, error, null);
    stream.deliver();
  }

  private Run ended(String scenario, String errorType, Throwable error) {
    EventStream stream = stream(file());
    Run run = stream.newRun(scenario, null);
    stream.began(run);
    end(stream, run, errorType, error);
    return run;
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file());
  }

  private JsonNode line() throws IOException {
    assertThat(lines()).hasSize(1);
    return new JsonMapper().readTree(lines().get(0));
  }

  @Test
  void statement1_0_1_makesFoldersAndAppendsACompactObjectWithALineFeed() throws IOException {
    ended("Assistant.chät \"x\" \u2028", null, null);
    ended("b", null, null);

    String text = Files.readString(file(), StandardCharsets.US_ASCII);
    assertThat(text).endsWith("}\n").doesNotContain(": ").contains("\\u00e4").contains("\\u2028");
    assertThat(lines()).hasSize(2).allMatch(line -> line.startsWith("{\"event\":"));
  }

  @Test
  void statement1_0_3_hasAllNineFieldsInTheirOrder() throws IOException {
    ended("Assistant.chat", null, null);

    List<String> names = new ArrayList<>();
    names.addAll(line().propertyNames());
    assertThat(names)
        .containsExactly(
            "event",
            "timestamp",
            "run_id",
            "scenario",
            "success",
            "duration_sec",
            "ttfi_sec",
            "artifacts",
            "error");
    assertThat(line().get("scenario").asString()).isEqualTo("Assistant.chat");
    assertThat(line().get("success").isBoolean()).isTrue();
    assertThat(line().get("duration_sec").asDouble()).isEqualTo(12.3);
  }

  @Test
  void statement1_0_3_timestampIsInSecondsSince1970AtTheEnd() throws IOException {
    Run run = ended("a", null, null);

    assertThat(line().get("timestamp").isNumber()).isTrue();
    assertThat(line().get("timestamp").asDouble() * 1000)
        .isBetween(run.startEpochMillis() + 12_000.0, run.startEpochMillis() + 13_000.0);
  }

  @Test
  void statement1_0_4_runIdIsAUuidWithDashes() throws IOException {
    ended("a", null, null);

    String id = line().get("run_id").asString();
    assertThat(UUID.fromString(id)).hasToString(id);
  }

  @Test
  void allRunsHaveTheIdOfTheWorkerIfAsked() throws IOException {
    EventStream stream =
        EventStream.byHand(
            List.of(new RunFile(file().toFile(), "worker-1")),
            new EventSettings(null, new RunSampling(0), false, System.currentTimeMillis()));
    for (int i = 0; i < 2; i++) {
      Run run = stream.newRun("a", null);
      stream.began(run);
      end(stream, run, null, null);
    }

    assertThat(lines()).hasSize(2).allMatch(line -> line.contains("\"run_id\":\"worker-1\""));
  }

  @Test
  void statement1_0_5_theEventSaysHowTheRunEnded() throws IOException {
    ended("a", null, null);
    ended("a", "java.lang.IllegalStateException", new IllegalStateException());
    ended("a", Run.CANCELLED, null);

    assertThat(lines().get(0)).contains("\"event\":\"run.complete\"", "\"success\":true");
    assertThat(lines().get(1)).contains("\"event\":\"run.error\"", "\"success\":false");
    assertThat(lines().get(2)).contains("\"event\":\"run.error\"", "\"error\":\"cancelled\"");
  }

  @Test
  void statement1_0_6_ttfiIsNullIfThereWasNoIteration() throws IOException {
    EventStream stream = stream(file());
    Run with = stream.newRun("with", null);
    with.iterated(with.startNanos() + 1_200_000_000L);
    end(stream, with, null, null);
    end(stream, stream.newRun("without", null), null, null);

    assertThat(lines().get(0)).contains("\"ttfi_sec\":1.200000,");
    assertThat(lines().get(1)).contains("\"ttfi_sec\":null,");
  }

  @Test
  void statement1_0_7_artifactsAreAList() throws IOException {
    ended("a", null, null);

    assertThat(line().get("artifacts").isArray()).isTrue();
  }

  @Test
  void statement1_0_8_theErrorIsItsClassAndNullAfterASuccess() throws IOException {
    ended("a", null, null);
    ended("a", "com.acme.Broken", new IllegalStateException("a secret of the prompt"));

    assertThat(lines().get(0)).endsWith("\"error\":null}");
    assertThat(lines().get(1)).endsWith("\"error\":\"com.acme.Broken\"}");
    assertThat(Files.readString(file())).doesNotContain("secret");
  }

  @Test
  void runsUnderWayAreWrittenAsInterrupted() throws IOException {
    EventStream stream = stream(file());
    stream.began(stream.newRun("a", null));
    stream.close();

    assertThat(line().get("success").asBoolean()).isFalse();
    assertThat(line().get("error").asString()).isEqualTo("interrupted");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void onlyTheOwnerMayReadTheFileAndTheFoldersThatWereMadeForIt() throws IOException {
    ended("a", null, null);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    for (String made : List.of("made", "made/for", "made/for/it")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(made))))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aLineThatWasCutOffIsLeftToItself() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "{\"event\":\"run.comp");
    ended("a", null, null);

    assertThat(lines()).hasSize(2);
    assertThat(lines().get(1)).startsWith("{\"event\":\"run.complete\"");
  }

  @Test
  void aLineThatAnotherProcessCutsOffMeanwhileIsLeftToItself() throws IOException {
    EventStream stream = stream(file());
    end(stream, stream.newRun("a", null), null, null);
    Files.writeString(file(), "{\"event\":\"run.comp", StandardOpenOption.APPEND);
    end(stream, stream.newRun("b", null), null, null);

    assertThat(lines()).hasSize(3);
    assertThat(lines().get(2)).startsWith("{\"event\":\"run.complete\"");
  }

  @Test
  void aFileThatIsTakenAwayIsMadeAgain() throws IOException {
    EventStream stream = stream(file());
    end(stream, stream.newRun("a", null), null, null);
    Files.delete(file());
    end(stream, stream.newRun("b", null), null, null);

    assertThat(lines()).hasSize(1);
  }

  @Test
  void aFileThatCannotBeWrittenHurtsNobody() throws IOException {
    Files.createDirectories(file()); // a folder has the name
    EventStream stream = stream(file());
    end(stream, stream.newRun("a", null), null, null);
    end(stream, stream.newRun("a", null), null, null);
    Files.delete(file());
    end(stream, stream.newRun("b", null), null, null);
    stream.close();

    assertThat(lines()).hasSize(1);
  }

  /** The writers start at the same moment, so that their lines come between each other. */
  @Test
  void eightProcessesTearNoLine() throws IOException, InterruptedException {
    Files.createDirectories(file().getParent());
    List<Process> writers = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      writers.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx64m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Writer.class.getName(),
                  file().toString(),
                  "writer" + i)
              .redirectErrorStream(true)
              .start());
    }
    for (Process writer : writers) {
      writer.getInputStream().read(); // ready
    }
    for (Process writer : writers) {
      writer.getOutputStream().write('\n');
      writer.getOutputStream().flush();
    }
    for (Process writer : writers) {
      String output = new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(writer.waitFor()).as(output).isZero();
    }

    Set<String> scenarios = new HashSet<>();
    JsonMapper json = new JsonMapper();
    for (String line : lines()) {
      JsonNode run = json.readTree(line);
      assertThat(run.size()).isEqualTo(9);
      scenarios.add(run.get("scenario").asString());
    }
    assertThat(lines()).hasSize(PROCESSES * RUNS);
    assertThat(scenarios).hasSize(PROCESSES * RUNS);
  }

  /** A process that writes runs. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) throws IOException {
      RunFile file = new RunFile(Path.of(args[0]).toFile());
      EventStream stream = EventStream.byHand(List.of(file), EventSettings.sampling(0));
      System.out.print("r");
      System.out.flush();
      if (System.in.read() < 0) {
        throw new IOException("the test has ended");
      }
      for (int i = 0; i < RUNS; i++) {
        Run run = stream.newRun(args[1] + "." + i, null);
        stream.ended(run, System.nanoTime(), null, null, null);
        stream.deliver();
      }
      stream.close();
    }
  }
}
