package io.metricsagent.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlMaskTest {
  @ParameterizedTest
  @CsvSource({
    "http://host:4318/v1/metrics, http://host:4318/v1/metrics",
    "http://host/v1?api-key=secret, http://host/v1?***",
    "http://user:secret@host:4318/v1, http://***@host:4318/v1",
    "http://user:se/cr@et@host/v1?k=secret, http://***@host/v1?***",
    "http://user:se?cret@host/v1, http://***@host/v1",
    "user:secret@host:4318, ***@host:4318",
    "udp://user:secret@host:8125, udp://***@host:8125",
    "http://[::1]:4318, http://[::1]:4318",
  })
  void neitherPasswordsNorQueriesAreShown(String url, String shown) {
    assertThat(UrlMask.mask(url)).isEqualTo(shown);
  }
}
