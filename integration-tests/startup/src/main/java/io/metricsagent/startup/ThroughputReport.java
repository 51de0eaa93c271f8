package io.metricsagent.startup;

import io.metricsagent.startup.Throughput.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** Writes the table of the throughput between its marks, again after each row. */
final class ThroughputReport {
  private final Path file;
  private final StringBuilder text = new StringBuilder();

  ThroughputReport(Path file) {
    this.file = file;
    text.append("\nWritten by `mvn -q -Pstartup -DskipTests -Dstartup.mode=queues package` on ")
        .append(LocalDate.now(ZoneOffset.UTC))
        .append(": the application on one core, the broker on the other; the launches of each")
        .append(" variant times the turns of a launch, after ")
        .append(Throughput.WARM_UP_TURNS)
        .append(
            " turns of warm-up. Medians (least–greatest); a factor is the median of the turns,"
                + " each compared with the neighbouring one without an agent, and what half of"
                + " them are within.\n\n")
        .append("| client | JDK | turns | with | messages a second | CPU µs a message |\n")
        .append("|---|---|---|---|---|---|\n");
  }

  void add(QueueUnderTest queue, Jdk jdk, Map<Variant, Turns<Turn>> all) throws IOException {
    Turns<Turn> none = all.get(Variant.NONE);
    all.forEach(
        (variant, turns) -> {
          Figures rates = turns.figures(Turn::messagesPerSecond);
          Figures cpu = turns.figures(Turn::cpu);
          text.append("| ").append(queue.title()).append(" | ").append(jdk.version());
          text.append(" | ").append(queue.launches()).append(" × ").append(queue.turns());
          text.append(" | ").append(variant.title()).append(" | ").append(rates.text());
          if (turns != none) {
            text.append(", ").append(turns.factors(Turn::messagesPerSecond, none).factor());
          }
          text.append(" | ").append(cpu.precise());
          if (turns != none) {
            text.append(", ").append(turns.factors(Turn::cpu, none).factor());
          }
          text.append(" |\n");
        });
    Marks.replace(file, "throughput", text + "\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
