package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
  /** A console of Java 22 and later. */
  public static final class NewConsole {
    private final boolean terminal;

    NewConsole(boolean terminal) {
      this.terminal = terminal;
    }

    public boolean isTerminal() {
      return terminal;
    }
  }

  @Test
  void withoutAConsoleThereIsNoTerminal() {
    assertThat(Terminal.isTerminal(null, NewConsole.class)).isFalse();
  }

  @Test
  void aNewConsoleSaysItself() {
    assertThat(Terminal.isTerminal(new NewConsole(true), NewConsole.class)).isTrue();
    assertThat(Terminal.isTerminal(new NewConsole(false), NewConsole.class)).isFalse();
  }

  @Test
  void anOldConsoleIsATerminal() {
    assertThat(Terminal.isTerminal("console", String.class)).isTrue();
  }
}
