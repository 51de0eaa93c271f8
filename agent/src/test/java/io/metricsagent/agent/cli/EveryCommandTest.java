package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What holds for each command, whichever there are: help, exit codes, and where errors go. */
class EveryCommandTest {
  /** The arguments of an example, up to what a shell does with the output. */
  private static final Pattern EXAMPLE =
      Pattern.compile("^ {2}.*java .*-jar \\S*metrics-agent\\.jar ([^|>&)]+)");

  private final Shell shell = new Shell();

  /** Returns the path of each command, such as {@code [collect, wandb]}. */
  static Stream<List<String>> commands() {
    return paths(MetricsAgentCli.commands(new Shell().wiring()), List.of());
  }

  private static Stream<List<String>> paths(CommandLine command, List<String> path) {
    return command.getSubcommands().entrySet().stream()
        .flatMap(
            one -> {
              List<String> inner = new ArrayList<>(path);
              inner.add(one.getKey());
              return Stream.concat(Stream.of(inner), paths(one.getValue(), inner));
            });
  }

  private static CommandLine command(List<String> path) {
    CommandLine command = MetricsAgentCli.commands(new Shell().wiring());
    for (String name : path) {
      command = command.getSubcommands().get(name);
    }
    return command;
  }

  private static String[] with(List<String> path, String... more) {
    return Stream.concat(path.stream(), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void thereAreCommandsWithinCommands() {
    assertThat(commands()).contains(List.of("wasr"), List.of("collect", "wandb"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theHelpGoesToStandardOutputAndHasAnExample(List<String> path) {
    assertThat(shell.run(with(path, "--help"))).isZero();
    assertThat(shell.err()).isEmpty();
    assertThat(shell.out())
        .startsWith("Usage: metrics-agent " + String.join(" ", path))
        .contains("Example");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noNameOfAFileIsBrokenBetweenLines(List<String> path) {
    assertThat(command(path).getUsageMessage())
        .doesNotContainPattern("[a-z]\\.\\R +(jsonl?|jar|ya?ml)\\b");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theExampleIsRightUsageAndOnOneLine(List<String> path) {
    CommandLine command = command(path);
    List<String> examples =
        Arrays.stream(command.getCommandSpec().usageMessage().footer())
            .filter(line -> EXAMPLE.matcher(line).find())
            .toList();
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      assertThat(command.getUsageMessage().lines()).contains(example);
      Matcher matcher = EXAMPLE.matcher(example);
      assertThat(matcher.find()).isTrue();
      String[] arguments = matcher.group(1).trim().split(" +", -1);
      assertThat(Arrays.copyOf(arguments, path.size())).containsExactlyElementsOf(path);
      CommandLine.ParseResult parsed =
          MetricsAgentCli.commands(shell.wiring()).parseArgs(arguments);
      assertThat(parsed.errors()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void wrongUsageIsTwoAndToldOnStandardError(List<String> path) {
    assertThat(shell.run(with(path, "--no-such-option"))).isEqualTo(2);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err()).isNotBlank().doesNotContain("\tat ");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void anOutputThatCannotBeWrittenIsOne(List<String> path) {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    StringWriter err = new StringWriter();
    int code =
        MetricsAgentCli.run(
            with(path, "--help"), shell.wiring(), new PrintWriter(full), new PrintWriter(err));
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("standard output cannot be written");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void nothingMovesOnWhatIsNoTerminal(List<String> path) {
    shell.terminal = false;
    shell.run(with(path, "--help"));
    assertThat(shell.out()).doesNotContain("\r");
    shell.run(with(path, "--no-such-option"));
    assertThat(shell.out()).doesNotContain("\r", "\u001b");
    assertThat(shell.err()).doesNotContain("\r", "\u001b");
  }
}
