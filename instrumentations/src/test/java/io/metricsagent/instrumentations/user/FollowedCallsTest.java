package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.testing.WovenApplication;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Results and callbacks of classes that the settings name, as the real weaver passes them on. */
class FollowedCallsTest {
  private static final String HERE = FollowedCallsTest.class.getName();

  /** The user's interface, which the test shares. */
  public interface AnswersApi {
    /** Returns an interface. */
    Future<String> future(FutureTask<String> task);

    /** Returns a class. */
    FutureTask<String> task(FutureTask<String> task);

    /** Returns anything. */
    Object anything(Object result);

    /** Takes a callback. */
    void callback(long number, BiConsumer<String, Throwable> end);
  }

  /** An implementation. */
  public static final class Answers implements AnswersApi {
    @Override
    public Future<String> future(FutureTask<String> task) {
      return task;
    }

    @Override
    public FutureTask<String> task(FutureTask<String> task) {
      return task;
    }

    @Override
    public Object anything(Object result) {
      return result;
    }

    @Override
    public void callback(long number, BiConsumer<String, Throwable> end) {
      if (number > 0) {
        end.accept("a", null);
      }
    }
  }

  private final FutureTask<String> task = new FutureTask<>(() -> "a");

  private static WovenApplication application(String methods) {
    UserModule.Builder builder = new UserModule.Builder();
    assertThat(builder.include(TargetKind.ADAPTER, HERE + "$Answers[" + methods + "]")).isEmpty();
    return WovenApplication.with(HERE, builder.build());
  }

  private static AnswersApi answers(WovenApplication app) throws ReflectiveOperationException {
    return app.create(Answers.class, AnswersApi.class);
  }

  private static long requests(WovenApplication app) {
    return app.snapshot().adapters().stream().mapToLong(adapter -> adapter.requestCount()).sum();
  }

  @Test
  void aFutureIsFollowedWhereTheMethodReturnsTheInterface() throws Exception {
    WovenApplication app = application("future");
    Future<String> given = answers(app).future(task);
    assertThat(given).isNotSameAs(task);
    assertThat(requests(app)).isZero();
    task.run();

    assertThat(given.get()).isEqualTo("a");
    assertThat(requests(app)).isEqualTo(1);
  }

  @Test
  void aFutureIsItselfWhereTheMethodReturnsItsClass() throws Exception {
    WovenApplication app = application("task");

    assertThat(answers(app).task(task)).isSameAs(task);
    assertThat(requests(app)).isEqualTo(1);
  }

  @Test
  void anythingIsItselfWhereTheMethodReturnsAnObject() throws Exception {
    WovenApplication app = application("anything");
    AnswersApi answers = answers(app);
    Iterator<String> iterator = List.of("a").iterator();

    assertThat(answers.anything(iterator)).isSameAs(iterator);
    assertThat(answers.anything("text")).isEqualTo("text");
    assertThat(answers.anything(null)).isNull();
    assertThat(requests(app)).isEqualTo(3);
  }

  @Test
  void aCallbackEndsTheCall() throws Exception {
    WovenApplication app = application("callback");
    answers(app).callback(0, (value, error) -> {});
    assertThat(requests(app)).isZero();
    String[] heard = new String[1];
    answers(app).callback(1, (value, error) -> heard[0] = value);

    assertThat(heard[0]).isEqualTo("a");
    assertThat(requests(app)).isEqualTo(1);
  }
}
