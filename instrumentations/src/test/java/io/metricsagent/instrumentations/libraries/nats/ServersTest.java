package io.metricsagent.instrumentations.libraries.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.libraries.nats.FakeNats.Connection;
import io.metricsagent.instrumentations.testing.Garbage;
import org.junit.jupiter.api.Test;

class ServersTest {
  private final Servers servers = new Servers();

  @Test
  void aServerIsKnownByAllItsAddressesInAnyOrder() {
    String one = servers.of(new Connection("nats://b:4222", "nats://a:4223"));

    assertThat(servers.of(new Connection("tls://a:4223", "nats://b:4222"))).isSameAs(one);
    assertThat(servers.of(new Connection("nats://a:4223"))).isNotSameAs(one);
    assertThat(one).isEqualTo("a:4223,b:4222");
  }

  @Test
  void noNameAndNoPasswordIsKept() {
    assertThat(servers.of(new Connection("nats://user:secret@a:4222"))).isEqualTo("a:4222");
  }

  @Test
  void whatHasNoConnectionIsOfAnUnknownServer() {
    assertThat(servers.of(null)).isSameAs(Servers.UNKNOWN);
    assertThat(servers.of(new Object())).isSameAs(Servers.UNKNOWN);
    assertThat(servers.ofContext(new Object())).isSameAs(Servers.UNKNOWN);
  }

  @Test
  void anObjectAndItsCopyAreOfTheServerOfTheirConnection() {
    Connection connection = new Connection("nats://a:4222");
    Object context = new Object();
    Object copy = new Object();
    servers.made(context, connection);
    servers.made(copy, context);

    assertThat(servers.ofContext(copy)).isSameAs(servers.of(connection));
  }

  @Test
  void connectionsAreNotKeptAlive() {
    for (int i = 0; i < 10_000; i++) {
      servers.of(new Connection("nats://a:4222"));
    }
    assertThat(Garbage.collectUntil(() -> servers.size() == 0)).isTrue();
  }

  @Test
  void thereAreAThousandServersAtMost() {
    for (int i = 1; i <= 1_000; i++) {
      assertThat(servers.of(new Connection("nats://a:" + i))).isEqualTo("a:" + i);
    }
    assertThat(servers.of(new Connection("nats://b:1"))).isSameAs(Servers.UNKNOWN);
  }
}
