package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TablePrinterTest {
  private static String print(TablePrinter table) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    table.print(out);
    out.flush();
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void alignsTextLeftAndNumbersRight() {
    TablePrinter table = new TablePrinter().left("tool").right("calls").left("codes");
    table.row("search", "5", "timeout 1").row("a", "12345678", null);

    assertThat(print(table))
        .isEqualTo(
            """
            tool       calls  codes
            search         5  timeout 1
            a       12345678  -
            """);
  }

  @Test
  void leavesOutWhatNoRowKnows() {
    TablePrinter table = new TablePrinter().left("tool").leftIfKnown("experiment").right("calls");
    assertThat(print(table.row("a", null, "1"))).isEqualTo("tool  calls\na         1\n");
    assertThat(print(table.row("b", "x", "1"))).startsWith("tool  experiment  calls\na     -");
    TablePrinter numbers = new TablePrinter().left("model").rightIfKnown("cancelled");
    assertThat(print(numbers.row("a", null))).isEqualTo("model\na\n");
    assertThat(print(numbers.row("b", "3")))
        .isEqualTo("model  cancelled\na              -\nb              3\n");
  }

  @Test
  void printsNoControlCharacters() {
    TablePrinter table = new TablePrinter().left("tool").row("a\u001b[31m\nb");
    assertThat(print(table)).isEqualTo("tool\na?[31m?b\n");
    table = new TablePrinter().left("tool").row("\u202Ea\u2028b\u2029c\u200Fd\uFEFFe\uD800f");
    assertThat(print(table)).isEqualTo("tool\n?a?b?c?d?e?f\n");
    table = new TablePrinter().left("tool").row("äß漢\uD83D\uDE00");
    assertThat(print(table)).isEqualTo("tool\näß漢\uD83D\uDE00\n");
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatThrownBy(() -> new TablePrinter().left("a").row("1", "2"))
        .hasMessage("expected 1 cells, got 2");
  }
}
