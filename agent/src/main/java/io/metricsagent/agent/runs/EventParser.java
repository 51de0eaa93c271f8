package io.metricsagent.agent.runs;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.core.util.Named;

/**
 * Parses the lines of a file of runs. Not thread-safe: each thread has a parser of its own.
 *
 * <p>One JSON parser serves many lines, because making one takes longer than parsing a line. It may
 * run over the end of a broken line, so the end of each object is compared with the end of its
 * line, and after a broken line a new JSON parser begins.
 *
 * <p>Fields of another type than the documented one count as absent, except numbers: a timestamp
 * that is no number, and a number beyond what a double or the calendar can express, make the whole
 * line unreadable.
 */
final class EventParser {
  /** A number of so many digits without an exponent is within the range of a double. */
  private static final int PLAIN_DIGITS = 300;

  /** The fields that are read; the constants below are places in it. */
  private static final List<String> FIELDS =
      List.of("event", "run_id", "scenario", "success", "timestamp", "duration_sec", "ttfi_sec");

  private static final int EVENT = 0;
  private static final int RUN_ID = 1;
  private static final int SCENARIO = 2;
  private static final int SUCCESS = 3;
  private static final int TIMESTAMP = 4;
  private static final int DURATION = 5;
  private static final int TIME_TO_FIRST = 6;

  private final JsonFactory factory =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .recyclerPool(JsonRecyclerPools.threadLocalPool())
          .build();

  private final PropertyNameMatcher matcher =
      factory.constructNameMatcher(FIELDS.stream().map(Named::fromString).toList(), true);

  private final Names names = new Names();
  private byte[] lines;
  private int endOfLines;
  private JsonParser parser;

  /** Where the JSON parser began. */
  private int origin;

  /** Where the JSON parser has got to. */
  private int position;

  /** Sets the lines that are parsed next: the bytes of an array before an end. */
  void begin(byte[] bytes, int end) {
    restart();
    lines = bytes;
    endOfLines = end;
  }

  private void restart() {
    if (parser != null) {
      parser.close();
      parser = null;
    }
  }

  /**
   * Parses a line. The method is longer than what the JVM inlines (325 bytes of code), so that its
   * second compiler compiles it once, and not again as a part of each method that calls it.
   *
   * @param begin where the line begins, without blanks
   * @param end where it ends, without blanks; the last byte is a brace
   * @return whether the line is one JSON object that holds an event
   */
  boolean parse(int begin, int end, RunEvent event) {
    event.clear();
    if (parser != null && !isBlank(position, begin)) {
      restart(); // a line between them was not parsed
    }
    try {
      if (parser == null) {
        origin = begin;
        parser = factory.createParser(ObjectReadContext.empty(), lines, begin, endOfLines - begin);
      }
      boolean usable = parser.nextToken() == JsonToken.START_OBJECT;
      for (int field = parser.nextNameMatch(matcher);
          usable && field != PropertyNameMatcher.MATCH_END_OBJECT;
          field = parser.nextNameMatch(matcher)) {
        JsonToken value = parser.nextToken();
        boolean text = value == JsonToken.VALUE_STRING;
        switch (field) {
          case EVENT -> event.terminal = text && isTerminal(text().strip());
          case RUN_ID -> {
            event.runId.clear();
            if (text) {
              event.runId.set(
                  parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
            }
          }
          case SCENARIO -> event.scenario = text ? text() : RunEvent.UNKNOWN_SCENARIO;
          case SUCCESS -> event.success = value == JsonToken.VALUE_TRUE;
          case TIMESTAMP -> {
            event.timestamp = value == JsonToken.VALUE_NULL ? 0 : number(value);
            usable = Window.isOnCalendar(event.timestamp);
          }
          case DURATION, TIME_TO_FIRST -> usable = !value.isNumeric() || isFinite();
          default -> {
            // The value is skipped.
          }
        }
        parser.skipChildren();
      }
      if (usable && origin + parser.currentLocation().getByteOffset() == end) {
        position = end;
        return true;
      }
    } catch (JacksonException e) {
      // The line is unreadable, whatever is wrong with it.
    }
    restart();
    return false;
  }

  /** Returns whether the JSON parser passes over what is between two lines. */
  private boolean isBlank(int begin, int end) {
    for (int i = begin; i < end; i++) {
      byte b = lines[i];
      if (b != '\n' && b != '\r' && b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private static boolean isTerminal(String event) {
    return switch (event) {
      case "run.complete", "run_complete", "run.error" -> true;
      default -> false;
    };
  }

  private String text() {
    return names.of(
        parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
  }

  private double number(JsonToken value) {
    return value.isNumeric() ? parser.getDoubleValue() : Double.NaN;
  }

  /** Returns whether a number is within the range of a double; most need not be converted. */
  private boolean isFinite() {
    char[] text = parser.getStringCharacters();
    int end = parser.getStringOffset() + parser.getStringLength();
    boolean plain = parser.getStringLength() <= PLAIN_DIGITS;
    for (int i = parser.getStringOffset(); plain && i < end; i++) {
      plain = text[i] != 'e' && text[i] != 'E';
    }
    return plain || Double.isFinite(parser.getDoubleValue());
  }
}
