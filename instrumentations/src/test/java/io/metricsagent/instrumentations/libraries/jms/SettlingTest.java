package io.metricsagent.instrumentations.libraries.jms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Acknowledge modes that JMS does not define, as their providers document them. */
class SettlingTest {
  @ParameterizedTest
  @CsvSource({
    "org.apache.activemq.ActiveMQSession, 4",
    "org.apache.activemq.artemis.jms.client.ActiveMQSession, 101",
    "org.apache.qpid.jms.JmsSession, 101",
    "com.amazon.sqs.javamessaging.SQSSession, 100",
    "com.tibco.tibjms.TibjmsSession, 23",
    "com.tibco.tibjms.TibjmsSession, 24",
    "com.solacesystems.jms.SolSession, 4",
    "progress.message.jimpl.Session, 1004",
    "com.example.Unknown, 77",
  })
  void aMessageIsUnsettledUntilItIsAcknowledgedByItself(String session, int mode) {
    assertThat(Settling.of(session, mode)).isEqualTo(Settling.EACH_BY_ACKNOWLEDGE);
  }

  @ParameterizedTest
  @CsvSource({
    "org.apache.activemq.artemis.jms.client.ActiveMQSession, 100",
    "org.apache.qpid.jms.JmsSession, 100",
    "org.apache.qpid.jms.JmsSession, 257",
    "com.tibco.tibjms.TibjmsSession, 22",
    "weblogic.jms.client.JMSSession, 4",
    "com.sun.messaging.jmq.jmsclient.SessionImpl, 32768",
  })
  void messagesAreSettledOnReceiptWhereTheModeHasNoAcknowledgements(String session, int mode) {
    assertThat(Settling.of(session, mode)).isEqualTo(Settling.ON_RECEIPT);
  }

  @Test
  void theModesOfJmsHaveTheirStandardMeaning() {
    assertThat(Settling.of("weblogic.jms.client.JMSSession", 0)).isEqualTo(Settling.BY_COMMIT);
    assertThat(Settling.of("com.example.Any", 1)).isEqualTo(Settling.ON_RECEIPT);
    assertThat(Settling.of("com.example.Any", 2)).isEqualTo(Settling.ALL_BY_ACKNOWLEDGE);
    assertThat(Settling.of("com.example.Any", 3)).isEqualTo(Settling.ON_RECEIPT);
  }
}
