package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;

class PointTablesTest {
  private final ArrayNode points = Json.MAPPER.createArrayNode();

  private void point(String name, double value, String tag) {
    points
        .addObject()
        .put("name", name)
        .put("value", value)
        .put("at", "2024-01-15T10:30:00Z")
        .putObject("tags")
        .put("run_id", tag);
  }

  private String printed() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    PointTables.print(points, out);
    out.flush();
    return text.toString();
  }

  @Test
  void withoutPointsNothingIsPrinted() {
    assertThat(printed()).isEmpty();
    PointTables.print(Json.MAPPER.missingNode(), new PrintWriter(new StringWriter()));
  }

  @Test
  void theNewestPointsOfEachGaugeAreShownAndTheOthersAreCounted() {
    for (int i = 0; i < PointTables.MAX_ROWS + 2; i++) {
      point("run.sps", i, "r" + i);
    }
    point("run.metric", 1.5, "m");

    assertThat(printed())
        .contains("run_id=r2 ", "run_id=r11 ", "run_id=m ")
        .doesNotContain("run_id=r0 ", "run_id=r1 ")
        .containsSubsequence("run.metric", "run.sps")
        .endsWith("and 2 more of run.sps: --json prints all" + System.lineSeparator());
  }

  @Test
  void asManyPointsAsAreShownLeaveNoOthers() {
    for (int i = 0; i < PointTables.MAX_ROWS; i++) {
      point("run.sps", i, "r" + i);
    }

    assertThat(printed()).contains("run_id=r0 ").doesNotContain("more of");
  }

  @Test
  void aSinglePointThatIsNotShownIsCountedToo() {
    for (int i = 0; i <= PointTables.MAX_ROWS; i++) {
      point("run.sps", i, "r" + i);
    }

    assertThat(printed()).contains("and 1 more of run.sps:");
  }

  @Test
  void valuesHaveSixDigitsAndNoExponent() {
    point("a", 1234567.89, "x");
    point("b", 0.000012345678, "x");
    point("c", 2, "x");

    assertThat(printed()).contains(" 1234570 ", " 0.0000123457 ", " 2 ");
  }

  @Test
  void whatIsMissingInAPointIsLeftOut() {
    points.addObject();
    points.addObject().put("name", "gauge\u001b[31m").put("value", "no number");

    assertThat(printed()).contains("? ").doesNotContain("\u001b", "NaN", "null");
  }
}
