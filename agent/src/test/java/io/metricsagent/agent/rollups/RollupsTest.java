package io.metricsagent.agent.rollups;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.files.SkippedLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Rollups add up to the same figures in any order and grouping, also by way of files. */
class RollupsTest {
  /** What one session adds. */
  private static void session(Rollups rollups, Random random) {
    String[] names = {null, "a", "b", "ä\u001b[31m\"\\"};
    RollupKey key =
        new RollupKey(
            random.nextInt(3) - 1,
            names[random.nextInt(names.length)],
            names[random.nextInt(names.length)],
            names[random.nextInt(2)],
            null);
    Rollup rollup = rollups.at(key);
    rollup.count(Counter.SESSIONS);
    rollup.count(Counter.KNOWN);
    rollup.count(random.nextBoolean() ? Counter.SUCCESS : Counter.UNEXCUSED);
    rollup.add(Counter.SWAPPED, random.nextInt(2));
    for (Quantity quantity : Quantity.values()) {
      for (int i = random.nextInt(4); i > 0; i--) {
        // Of all sizes up to the largest, whose squares no long can express.
        rollup.distribution(quantity).add(random.nextLong() >>> 1 + random.nextInt(62));
      }
    }
  }

  private static List<Rollups> sessions(long seed, int number) {
    Random random = new Random(seed);
    List<Rollups> sessions = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      sessions.add(new Rollups());
      session(sessions.get(i), random);
    }
    return sessions;
  }

  private static Rollups sum(List<Rollups> parts) {
    Rollups sum = new Rollups();
    parts.forEach(sum::addAll);
    return sum;
  }

  private static Rollups read(String lines, SkippedLines expected) {
    Rollups read = new Rollups();
    try {
      SkippedLines skipped =
          RollupFiles.read(
              new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
              HourRange.ALL,
              (key, rollup) -> read.at(key).addAll(rollup),
              bytes -> {});
      assertThat(skipped).isEqualTo(expected);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return read;
  }

  @Property(tries = 50)
  void anyOrderAndGroupingGivesTheSame(@ForAll long seed) {
    List<Rollups> sessions = sessions(seed, 40);
    Rollups expected = sum(sessions);
    Random random = new Random(seed);
    Collections.shuffle(sessions, random);
    while (sessions.size() > 1) { // adds neighbours up, in random brackets
      int at = random.nextInt(sessions.size() - 1);
      Rollups second = sessions.remove(at + 1);
      Rollups first = sessions.get(at);
      sessions.set(at, sum(random.nextBoolean() ? List.of(first, second) : List.of(second, first)));
    }
    assertThat(sessions.get(0)).isEqualTo(expected);
  }

  @Property(tries = 50)
  void filesOfAnyNumberOfPartsGiveTheSame(@ForAll long seed) {
    List<Rollups> sessions = sessions(seed, 30);
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int at = 0; at < sessions.size(); ) {
      int end = Math.min(sessions.size(), at + 1 + random.nextInt(8));
      lines.addAll(RollupJson.lines(sum(sessions.subList(at, end))).lines().toList());
      at = end;
    }
    Collections.shuffle(lines, random);
    String file = String.join("\n", lines);
    assertThat(read(file, SkippedLines.NONE)).isEqualTo(sum(sessions));
    assertThat(file).matches("[ -~\\n]*");
  }

  @Property(tries = 50)
  void groupsOfAllDimensionsAddUpToTheWhole(@ForAll long seed) {
    Rollups all = sum(sessions(seed, 30));
    Grouping whole = new Grouping(Set.of());
    all.cells().forEach(whole::add);
    for (Dimension dimension : Dimension.values()) {
      Grouping parts = new Grouping(Set.of(dimension));
      all.cells().forEach(parts::add);
      Rollup sum = new Rollup();
      parts.groups().values().forEach(sum::addAll);
      assertThat(sum).isEqualTo(whole.groups().get(List.of()));
    }
  }

  @Test
  void aTornLineCostsThatLineOnly() {
    String line = RollupJson.lines(sum(sessions(1, 1)));
    for (int length = 1; length < line.length() - 1; length++) {
      Rollups read =
          read(line + line.substring(0, length) + "\n" + line, SkippedLines.NONE.with(2));
      assertThat(read.cells().values().iterator().next().get(Counter.SESSIONS)).isEqualTo(2);
    }
  }

  @Test
  void aLineWhoseFiguresCannotBeTrueIsRefused() {
    String line = RollupJson.lines(sum(sessions(1, 1)));
    for (String[] change :
        new String[][] {
          {"\"known_sessions\": 1", "\"known_sessions\": 2"},
          {"\"total_sessions\": 1", "\"total_sessions\": 0"},
          {"\"total_sessions\": 1", "\"total_sessions\": -1"},
          {"\"total_sessions\": 1", "\"total_sessions\": 1.5"},
          {"\"total_sessions\": 1", "\"total_sessions\": 1e999"},
          {"\"total_sessions\": 1", "\"total_sessions\": " + "9".repeat(30)},
          {"\"total_sessions\": 1", "\"total_sessions\": " + "9".repeat(3000)},
          {"\"error_count\": 0", "\"error_count\": \"0\""},
          {"\"schema_version\": 1", "\"schema_version\": 2"},
          {":00:00Z", ":00:01Z"},
          {"\"hour\": \"", "\"hour\": \"x"},
          {"\"hour\": \"", "\"hour\": \"+1"}, // a year of five digits
          {"\"hour\"", "\"our\""},
          {"\"e2e_latency_us\": {\"count\": ", "\"e2e_latency_us\": {\"count\": 1"},
          {"\"adapter\": ", "\"adapter\": " + "[".repeat(5000)},
        }) {
      assertThat(line).as(change[0]).contains(change[0]);
      read(line.replace(change[0], change[1]), SkippedLines.NONE.with(1));
    }
    read("{\"event\": \"run.complete\"}\nx\n", SkippedLines.NONE.with(1).with(2));
  }
}
