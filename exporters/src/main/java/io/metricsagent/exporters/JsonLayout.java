package io.metricsagent.exporters;

import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * The layout of all JSON that the agent writes for people: two spaces and a line feed on every
 * platform, arrays on one line. One object serves one generator.
 */
public final class JsonLayout extends ObjectWriteContext.Base {
  private final PrettyPrinter printer =
      new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

  @Override
  public PrettyPrinter getPrettyPrinter() {
    return printer;
  }

  @Override
  public boolean hasPrettyPrinter() {
    return true;
  }
}
