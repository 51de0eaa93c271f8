package io.metricsagent.agent.runs;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes a report as the documented JSON, in the form of Python's {@code json.dumps} with an
 * indentation of 2 and sorted keys, so that reports of both programs can be compared. The text is
 * ASCII. Stateless.
 */
public final class ReportJson {
  private static final int DOUBLE_DIGITS = 17;
  private static final int FIRST_SCIENTIFIC = 16;
  private static final int LAST_FRACTION = -4;

  private ReportJson() {}

  /** Returns the text, without a line break at its end. */
  public static String text(WasrReport report) {
    StringBuilder json = new StringBuilder("{\n");
    json.append("  \"quickstart\": {\n");
    json.append("    \"attempts\": ").append(report.attempts()).append(",\n");
    json.append("    \"success_rate\": ").append(number(report.successRate())).append(",\n");
    json.append("    \"successes\": ").append(report.successes()).append("\n  },\n");
    json.append("  \"retention\": ").append(retention(report.retention())).append(",\n");
    json.append("  \"scenarios\": ").append(scenarios(report.scenarios())).append(",\n");
    json.append("  \"wasr\": ").append(report.wasr()).append(",\n");
    Window window = report.window();
    json.append("  \"window\": {\n");
    json.append("    \"end\": ").append(number(window.end())).append(",\n");
    json.append("    \"lookback_days\": ").append(window.lookbackDays()).append(",\n");
    json.append("    \"start\": ").append(number(window.start())).append("\n  }\n}");
    return json.toString();
  }

  private static String retention(List<Retention> pairs) {
    List<String> items = new ArrayList<>();
    for (Retention pair : pairs) {
      items.add(
          "    {\n      \"base\": "
              + pair.base()
              + ",\n      \"from_week\": "
              + string(pair.fromWeek())
              + ",\n      \"rate\": "
              + number(pair.rate())
              + ",\n      \"retained\": "
              + pair.retained()
              + ",\n      \"to_week\": "
              + string(pair.toWeek())
              + "\n    }");
    }
    return items.isEmpty() ? "[]" : "[\n" + String.join(",\n", items) + "\n  ]";
  }

  private static String scenarios(Map<String, Long> counts) {
    List<String> names = new ArrayList<>(counts.keySet());
    names.sort(ReportJson::compare);
    List<String> items = new ArrayList<>();
    for (String name : names) {
      items.add("    " + string(name) + ": " + counts.get(name));
    }
    return items.isEmpty() ? "{}" : "{\n" + String.join(",\n", items) + "\n  }";
  }

  /** Compares by code points, as Python does, and not by UTF-16 units. */
  private static int compare(String first, String second) {
    return Arrays.compare(first.codePoints().toArray(), second.codePoints().toArray());
  }

  /** Returns a JSON string in which only printable ASCII characters stand for themselves. */
  public static String string(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c >= ' ' && c <= '~') {
            json.append(c);
          } else {
            json.append(String.format("\\u%04x", (int) c));
          }
        }
      }
    }
    return json.append('"').toString();
  }

  /**
   * Returns the shortest decimal that reads as the same number, in the form of Python's {@code
   * repr}: {@code 0.5}, {@code 1.0}, {@code 1760054400.0}, {@code 1e+16}. {@code Double.toString}
   * switches to the scientific form at 10⁷, and is not always the shortest before Java 19.
   */
  public static String number(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = new BigDecimal(value);
    for (int digits = 1; digits <= DOUBLE_DIGITS; digits++) {
      BigDecimal rounded =
          new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        shortest = rounded;
        break;
      }
    }
    shortest = shortest.stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= LAST_FRACTION && exponent < FIRST_SCIENTIFIC) {
      return (shortest.scale() < 1 ? shortest.setScale(1) : shortest).toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
