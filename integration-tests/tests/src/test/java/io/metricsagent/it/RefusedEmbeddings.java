package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.stub.Ledger;
import io.metricsagent.stub.Ledger.Account;

/**
 * Embeddings that were refused or malformed: the agent's counts are those of the stub server. Each
 * scenario has a model of its own, named after the scenario.
 *
 * @param prefix the prefix of all model names
 * @param calls how often the application makes each call
 */
record RefusedEmbeddings(Dump dump, Ledger ledger, String prefix, long calls) {
  /**
   * Asserts the counts of all scenarios.
   *
   * @param attempts the number of attempts for a call that is always refused
   * @param attemptsIfMalformed the number of attempts for an answer that the library cannot parse
   */
  void assertCounted(long attempts, long attemptsIfMalformed) {
    assertAnsweredAtLast();
    assertFailed("exhausted", attempts);
    assertFailed("failed", attempts);
    assertFailed("malformed", attemptsIfMalformed);
  }

  /** Asserts that a call whose first attempt was refused is one request, without an error. */
  void assertAnsweredAtLast() {
    Adapter throttled = adapter("throttled");
    Account account = account("throttled");

    assertThat(account.answered()).isEqualTo(calls);
    assertThat(account.throttled()).isEqualTo(calls);
    assertThat(throttled.count("request_count")).isEqualTo(calls);
    assertThat(throttled.count("throttle_count")).isEqualTo(calls);
    assertThat(throttled.count("error_count")).isZero();
    assertThat(throttled.errorTypes()).isEmpty();
    assertThat(throttled.latency("call_latency").count()).isEqualTo(calls);
    assertThat(throttled.waits()).isGreaterThan(250.0 * calls);
  }

  /** Asserts that each call that went wrong is one request, however often it was retried. */
  void assertFailed(String scenario, long attempts) {
    Adapter failed = adapter(scenario);
    Account account = account(scenario);

    assertThat(account.answered()).as(scenario).isZero();
    assertThat(account.requests()).as(scenario).isEqualTo(calls * attempts);
    assertThat(failed.count("request_count")).as(scenario).isEqualTo(calls);
    assertThat(failed.count("error_count")).as(scenario).isEqualTo(calls);
    assertThat(failed.errorTypes().values()).as(scenario).containsExactly(calls);
    assertThat(failed.count("throttle_count")).as(scenario).isEqualTo(account.throttled());
    assertThat(failed.count("cancelled_count")).as(scenario).isZero();
    assertThat(failed.count("input_tokens")).as(scenario).isZero();
  }

  private Adapter adapter(String scenario) {
    return dump.adapter(prefix + scenario, "embeddings");
  }

  private Account account(String scenario) {
    return ledger.account(prefix + scenario, "embeddings");
  }
}
