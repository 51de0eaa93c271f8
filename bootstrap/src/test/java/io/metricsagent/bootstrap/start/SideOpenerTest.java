package io.metricsagent.bootstrap.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.targets.TargetTransformer;
import io.metricsagent.bootstrap.targets.TargetWeaver;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class SideOpenerTest {
  private final List<String> told = new ArrayList<>();
  private int opened;

  @Test
  void opensTheSideLaterIfTheProcessHadNoFileDescriptorLeft() {
    run(failing(2, new FileNotFoundException("metrics-agent.jar (Too many open files)")));

    assertThat(opened).isEqualTo(3);
    assertThat(told).containsExactly("start", "run");
  }

  @Test
  void opensTheSideLaterIfTheHeapWasExhausted() {
    run(failing(1, new ExceptionInInitializerError(new OutOfMemoryError("Java heap space"))));

    assertThat(opened).isEqualTo(2);
    assertThat(told).containsExactly("start", "run");
  }

  @Test
  void doesNotTryAgainAfterAFailureThatWillNotPass() {
    run(failing(1, new IOException("packed again")));

    assertThat(opened).isEqualTo(1);
    assertThat(told).containsExactly("removeTransformer");
  }

  @Test
  void opensTheSideForASnapshotAndReturnsItsAnswer() {
    assertThat(opener(failing(0, null)).dump()).isEqualTo("snapshot.json");
  }

  @Test
  void hasNoAnswerIfTheSideCannotBeOpened() {
    assertThat(opener(failing(1, new IOException("packed again"))).dump()).isNull();
  }

  private void run(Callable<AgentSide> opener) {
    opener(opener).run();
  }

  private SideOpener opener(Callable<AgentSide> opener) {
    Instrumentation jvm =
        (Instrumentation)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                  told.add(method.getName());
                  return true;
                });
    StartFacts start = new StartFacts(null, new Properties(), jvm, null, null, 0);
    return new SideOpener(opener, start, 1);
  }

  private Callable<AgentSide> failing(int times, Throwable failure) {
    return () -> {
      if (opened++ < times) {
        if (failure instanceof Error error) {
          throw error;
        }
        throw (Exception) failure;
      }
      return new Entry();
    };
  }

  private final class Entry implements AgentSide {
    @Override
    public TargetWeaver start(StartFacts start, TargetTransformer door) {
      told.add("start");
      return (module, loader, className, classFile, supertypes) -> null;
    }

    @Override
    public void run() {
      told.add("run");
    }

    @Override
    public String dump() {
      return "snapshot.json";
    }

    @Override
    public void flushSoon() {}

    @Override
    public void stop() {}
  }
}
