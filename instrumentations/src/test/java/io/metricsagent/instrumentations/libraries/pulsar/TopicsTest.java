package io.metricsagent.instrumentations.libraries.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicsTest {
  @Test
  void aPartitionHasTheNameOfItsTopic() {
    assertThat(Topics.withoutPartition("persistent://a/b/c-partition-12"))
        .isEqualTo("persistent://a/b/c");
  }

  @Test
  void whatOnlyLooksLikeAPartitionKeepsItsName() {
    assertThat(Topics.withoutPartition("persistent://a/b/c-partition-"))
        .isEqualTo("persistent://a/b/c-partition-");
    assertThat(Topics.withoutPartition("persistent://a/b/c-partition-1-RETRY"))
        .isEqualTo("persistent://a/b/c-partition-1-RETRY");
    assertThat(Topics.withoutPartition(null)).isNull();
  }
}
