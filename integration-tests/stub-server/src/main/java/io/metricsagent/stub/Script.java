package io.metricsagent.stub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a prompt asks the server to do, in square brackets anywhere in the last user message, so
 * that an application controls a scenario by its prompts alone.
 *
 * <ul>
 *   <li>{@code [throttle once]}: 429, then an answer; the same again for the next such call
 *   <li>{@code [throttle always]}: 429
 *   <li>{@code [fail]}: 500
 *   <li>{@code [malformed]}: 200 with a body that is no JSON
 *   <li>{@code [cut]}: a stream that breaks off after its second piece
 *   <li>{@code [limit]}: a stream with status 200 that reports a rate limit after its first piece;
 *       {@code [limit failed]} uses the other way to report it, if the API has one
 *   <li>{@code [slow 300]}: 300 ms before the answer
 *   <li>{@code [late 300]}: 300 ms between the beginning of a stream and its first piece
 *   <li>{@code [bare]}: an answer without model, time and token numbers
 *   <li>{@code [terse]}: a stream that does not repeat at its end what it has reported before
 *   <li>{@code [no usage]}: an answer without token numbers
 *   <li>{@code [use price item=bolts]}: an answer that asks for a call of the tool {@code price};
 *       several calls are in one answer
 * </ul>
 *
 * @param prompt the prompt without the brackets
 * @param fault what goes wrong
 * @param delayMillis time before the answer
 * @param lateMillis time between the beginning of a stream and its first piece
 * @param terse whether a stream reports its input tokens only at its beginning
 * @param bare whether the answer lacks model, time and token numbers
 * @param reportsUsage whether the answer has token numbers
 * @param toolCalls the tools that the answer asks for
 */
record Script(
    String prompt,
    Fault fault,
    long delayMillis,
    long lateMillis,
    boolean terse,
    boolean bare,
    boolean reportsUsage,
    List<ToolCall> toolCalls) {
  enum Fault {
    NONE,
    THROTTLE_ONCE,
    THROTTLE_ALWAYS,
    FAIL,
    MALFORMED,
    CUT,
    LIMIT,
    LIMIT_FAILED
  }

  record ToolCall(String name, Map<String, Object> arguments) {}

  private static final Pattern BRACKETS = Pattern.compile("\\s*\\[([^]]*)]");

  static Script parse(String message) {
    Fault fault = Fault.NONE;
    long delay = 0;
    long late = 0;
    boolean terse = false;
    boolean bare = false;
    boolean reportsUsage = true;
    List<ToolCall> toolCalls = new ArrayList<>();
    Matcher brackets = BRACKETS.matcher(message);
    while (brackets.find()) {
      String[] words = brackets.group(1).split(" ");
      switch (words[0]) {
        case "throttle" ->
            fault = words[1].equals("once") ? Fault.THROTTLE_ONCE : Fault.THROTTLE_ALWAYS;
        case "fail" -> fault = Fault.FAIL;
        case "malformed" -> fault = Fault.MALFORMED;
        case "cut" -> fault = Fault.CUT;
        case "limit" -> fault = words.length > 1 ? Fault.LIMIT_FAILED : Fault.LIMIT;
        case "slow" -> delay = Long.parseLong(words[1]);
        case "late" -> late = Long.parseLong(words[1]);
        case "terse" -> terse = true;
        case "bare" -> {
          bare = true;
          reportsUsage = false;
        }
        case "no" -> reportsUsage = false;
        case "use" -> toolCalls.add(toolCall(words));
        default -> throw new IllegalArgumentException("unknown script: " + brackets.group().trim());
      }
    }
    String prompt = BRACKETS.matcher(message).replaceAll("");
    return new Script(
        prompt, fault, delay, late, terse, bare, reportsUsage, List.copyOf(toolCalls));
  }

  private static ToolCall toolCall(String[] words) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (int i = 2; i < words.length; i++) {
      String[] argument = words[i].split("=", 2);
      arguments.put(argument[0], argument[1]);
    }
    return new ToolCall(words[1], arguments);
  }
}
