package io.metricsagent.instrumentations.libraries.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqsQueueTest {
  @ParameterizedTest
  @CsvSource({
    "https://sqs.us-east-1.amazonaws.com/123456789012/orders,orders",
    "https://sqs.us-east-1.amazonaws.com/123456789012/orders.fifo,orders.fifo",
    "http://localhost:9324/orders/,orders",
    "arn:aws:sqs:us-east-1:123456789012:orders,orders",
    "orders,orders",
    "/,",
    ",",
  })
  void aQueueHasTheLastPartOfItsUrlForAName(String url, String name) {
    assertThat(SqsQueue.nameIn(url)).isEqualTo(name);
  }
}
