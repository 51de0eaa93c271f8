package io.metricsagent.instrumentations.user.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class TimesTest {
  private static final long MILLIS = 1_700_000_000_123L;
  private static final Instant INSTANT = Instant.ofEpochMilli(MILLIS);

  /** A message with a primitive time. */
  public record Message(long at, Object sent) {}

  @Test
  void eachFormOfATimeIsUnderstood() {
    GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
    calendar.setTimeInMillis(MILLIS);
    List<Object> forms =
        List.of(
            INSTANT,
            Date.from(INSTANT),
            calendar,
            INSTANT.atOffset(ZoneOffset.ofHours(5)),
            INSTANT.atZone(ZoneOffset.ofHours(-3)),
            MILLIS,
            String.valueOf(MILLIS),
            INSTANT.toString(),
            "2023-11-15T03:13:20.123+05:00");
    for (Object form : forms) {
      assertThat(Times.millis(form)).as(form.getClass() + " " + form).isEqualTo(MILLIS);
    }
  }

  @Test
  void aTimeWithoutZoneIsRefused() {
    assertThat(Times.millis(LocalDateTime.now())).isEqualTo(Times.WITHOUT_ZONE);
    assertThat(Times.millis("2023-11-15T03:13:20")).isEqualTo(Times.WITHOUT_ZONE);
  }

  @Test
  void anythingElseIsNoTime() {
    assertThat(Times.millis((Object) null)).isEqualTo(Times.NONE);
    assertThat(Times.millis("yesterday")).isEqualTo(Times.NONE);
    assertThat(Times.millis(Instant.MAX)).isEqualTo(Times.NONE);
    assertThat(Times.millis(new Object())).isEqualTo(Times.NONE);
  }

  @Test
  void aTimeIsReadFromAMessage() throws Exception {
    assertThat(millis("message.at")).isEqualTo(MILLIS);
    assertThat(millis("message.sent")).isEqualTo(MILLIS);
    assertThat(millis("message.missing")).isEqualTo(Times.NONE);
  }

  private static long millis(String path) throws Exception {
    Value value =
        Value.of(
            ExpressionParser.parse(path),
            Moment.MESSAGE,
            ArgumentPlaces.of(List.of(), List.of()));
    return Times.millis(value, null, null, null, new Message(MILLIS, INSTANT));
  }
}
