package io.metricsagent.agent.cli;

import io.metricsagent.bootstrap.AgentLog;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints a table. Columns are aligned, as wide as their contents, and two blanks apart.
 *
 * <p>A {@code null} cell is unknown and printed as {@code -}. Control and format characters, which
 * a name from an application may contain, are printed as {@code ?}.
 */
final class TablePrinter {
  private static final String UNKNOWN = "-";
  private static final String GAP = "  ";

  private record Column(String header, boolean right, boolean optional, int maxWidth) {}

  private final List<Column> columns = new ArrayList<>();
  private final List<String[]> rows = new ArrayList<>();

  /** Adds a column of text. */
  TablePrinter left(String header) {
    columns.add(new Column(header, false, false, Integer.MAX_VALUE));
    return this;
  }

  /** Adds a column of text; a text longer than {@code maxWidth} does not widen the column. */
  TablePrinter leftUpTo(String header, int maxWidth) {
    columns.add(new Column(header, false, false, maxWidth));
    return this;
  }

  /** Adds a column of text that is left out if it is unknown in all rows. */
  TablePrinter leftIfKnown(String header) {
    columns.add(new Column(header, false, true, Integer.MAX_VALUE));
    return this;
  }

  /** Adds a column of numbers that is left out if it is unknown in all rows. */
  TablePrinter rightIfKnown(String header) {
    columns.add(new Column(header, true, true, Integer.MAX_VALUE));
    return this;
  }

  /** Adds a column of numbers. */
  TablePrinter right(String header) {
    columns.add(new Column(header, true, false, Integer.MAX_VALUE));
    return this;
  }

  /**
   * Adds a row.
   *
   * @param cells one for each column; {@code null} for what is not known
   */
  TablePrinter row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "expected " + columns.size() + " cells, got " + cells.length);
    }
    rows.add(cells.clone());
    return this;
  }

  /** Prints the headers and all rows. */
  void print(PrintWriter out) {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(i);
    }
    String[] headers = new String[columns.size()];
    for (int i = 0; i < headers.length; i++) {
      headers[i] = columns.get(i).header();
    }
    out.println(line(headers, widths));
    for (String[] row : rows) {
      out.println(line(row, widths));
    }
  }

  /** Returns the width of a column, or 0 if it is left out. */
  private int width(int column) {
    boolean known = !columns.get(column).optional();
    int width = columns.get(column).header().length();
    for (String[] row : rows) {
      known |= row[column] != null;
      int length = length(text(row[column]));
      width = length > columns.get(column).maxWidth() ? width : Math.max(width, length);
    }
    return known ? width : 0;
  }

  private String line(String[] cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      if (widths[i] == 0) {
        continue;
      }
      if (line.length() > 0) {
        line.append(GAP);
      }
      String text = text(cells[i]);
      String padding = " ".repeat(Math.max(0, widths[i] - length(text)));
      line.append(columns.get(i).right() ? padding + text : text + padding);
    }
    return line.toString().stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String text(String cell) {
    return cell == null ? UNKNOWN : AgentLog.printable(cell);
  }
}
