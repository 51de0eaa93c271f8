package io.metricsagent.instrumentations.libraries.nats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AckSubjectTest {
  private static final String USUAL = "$JS.ACK.ORDERS.worker.3.17.42.1700000000123456789.8";

  @Test
  void aSubjectNamesStreamAndConsumerAndHasTheNumbers() {
    int at = AckSubject.queueAt(USUAL);
    int end = AckSubject.queueEnd(USUAL, at);
    assertThat(USUAL.substring(at, end)).isEqualTo("ORDERS.worker");
    assertThat(USUAL.substring(AckSubject.consumerAt(USUAL, at), end)).isEqualTo("worker");
    assertThat(AckSubject.number(USUAL, end, AckSubject.DELIVERIES)).isEqualTo(3);
    assertThat(AckSubject.number(USUAL, end, AckSubject.SEQUENCE)).isEqualTo(17);
    assertThat(AckSubject.number(USUAL, end, AckSubject.NANOS)).isEqualTo(1700000000123456789L);
    assertThat(AckSubject.number(USUAL, end, AckSubject.PENDING)).isEqualTo(8);
  }

  @Test
  void anOldServerDoesNotTellWhatIsLeft() {
    String old = "$JS.ACK.ORDERS.worker.3.17.42.1700000000123456789";
    int end = AckSubject.queueEnd(old, AckSubject.queueAt(old));
    assertThat(AckSubject.number(old, end, AckSubject.NANOS)).isEqualTo(1700000000123456789L);
    assertThat(AckSubject.number(old, end, AckSubject.PENDING)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".token"})
  void aServerWithADomainNamesItBeforeTheStream(String more) {
    String subject = "$JS.ACK.hub.acct.ORDERS.worker.3.17.42.1700000000123456789.8" + more;
    int at = AckSubject.queueAt(subject);
    int end = AckSubject.queueEnd(subject, at);
    assertThat(subject.substring(at, end)).isEqualTo("ORDERS.worker");
    assertThat(AckSubject.number(subject, end, AckSubject.PENDING)).isEqualTo(8);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "x",
        "_INBOX.a.b",
        "$JS.FC.ORDERS.worker.1.2.3.4.5",
        "$JS.ACK.ORDERS.worker",
        "$JS.ACK.1.2.3.4.5.6.7.8"
      })
  void anotherSubjectIsNone(String subject) {
    assertThat(AckSubject.queueAt(subject)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "99999999999999999999", "1x"})
  void whatIsNoNumberIsUnknown(String part) {
    String subject = "$JS.ACK.ORDERS.worker." + part + ".17.42.5.8";
    int end = AckSubject.queueEnd(subject, AckSubject.queueAt(subject));
    assertThat(AckSubject.number(subject, end, AckSubject.DELIVERIES)).isEqualTo(-1);
  }
}
