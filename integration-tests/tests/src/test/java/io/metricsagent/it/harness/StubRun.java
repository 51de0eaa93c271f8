package io.metricsagent.it.harness;

import io.metricsagent.stub.Ledger;
import io.metricsagent.stub.StubServer;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An application that ran under the agent, against a stub server of its own.
 *
 * @param ledger what the server was asked
 */
public record StubRun(FinishedRun run, Ledger ledger) {
  /**
   * Runs an application.
   *
   * @param more its arguments after the first, which is the address of the server
   */
  public static StubRun of(Setup setup, String... more) throws IOException {
    return of(setup, stub -> Stream.concat(Stream.of(stub.baseUrl()), Stream.of(more)).toList());
  }

  /**
   * Runs an application.
   *
   * @param arguments its arguments, given the server
   */
  public static StubRun of(Setup setup, Function<StubServer, List<String>> arguments)
      throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      String[] words = arguments.apply(stub).toArray(String[]::new);
      return new StubRun(setup.run().withAgent().run(words), stub.ledger());
    }
  }

  /** Returns what the agent measured. Fails where the application failed. */
  public Dump dump() {
    if (run.exitCode() != 0) {
      throw new AssertionError(run.toString());
    }
    return run.dump();
  }
}
