package io.metricsagent.bootstrap.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The probe binds its sink once in the life of its class, so each test loads a class of its own.
 */
class ProbeTest {
  private static final Object RESULT = new Object();

  private final RecordingSink sink = new RecordingSink();
  private Class<?> probe;

  @BeforeEach
  void loadTheProbeAnew() throws Exception {
    probe = new FreshProbe().loadClass(Probe.class.getName());
    assertThat(probe).isNotSameAs(Probe.class);
  }

  @Test
  void doesNothingWithoutASink() throws Exception {
    assertThat(enter(1, "self")).isNull();
    assertThat(exit(1, null, RESULT)).isSameAs(RESULT);
    assertThat(replaceArgument(1, null, "argument")).isEqualTo("argument");
  }

  @Test
  void ignoresATokenWithoutASink() throws Exception {
    assertThat(exit(1, "token", RESULT)).isSameAs(RESULT);
    assertThat(replaceArgument(1, "token", "argument")).isEqualTo("argument");
  }

  @Test
  void passesAllArgumentsOnToTheSink() throws Exception {
    install();
    assertThat(call("enter", 7, "self", "a", "b", "c")).isEqualTo("token");
    assertThat(replaceArgument(7, "token", "argument")).isEqualTo("replaced argument");
    assertThat(exit(7, "token", "result")).isEqualTo("replaced result");

    assertThat(sink.calls)
        .containsExactly(
            "enter 7 self a b c", "replaceArgument 7 token argument", "exit 7 token result null");
  }

  @Test
  void passesTheContinuationOfASuspendingFunctionOnToTheSink() throws Exception {
    install();
    assertThat(call("enterSuspending", 7, "self", "a", "b", "c", "rest")).isEqualTo("token");
    sink.fault = new IllegalStateException();
    assertThat(call("enterSuspending", 7, "self", "a", "b", "c", "rest")).isNull();

    assertThat(sink.calls).first().isEqualTo("enterSuspending 7 self a b c rest");
    assertThat(sink.faults).hasSize(1);
  }

  @Test
  void suspendsNothingWithoutASink() throws Exception {
    assertThat(call("enterSuspending", 7, "self", "a", "b", "c", "rest")).isNull();
  }

  @Test
  void passesDeclaredTypesOnToTheSink() throws Exception {
    install();
    assertThat(call("followArgument", 7, "token", "callback", Runnable.class))
        .isEqualTo("replaced callback");
    assertThat(call("returned", 7, "token", "result", CharSequence.class))
        .isEqualTo("replaced result");

    assertThat(sink.calls)
        .containsExactly(
            "followArgument 7 token callback Runnable", "returned 7 token result CharSequence");
  }

  @Test
  void followsNothingWithoutATokenOrAfterAFault() throws Exception {
    install();
    assertThat(call("followArgument", 7, null, "callback", Runnable.class)).isEqualTo("callback");
    assertThat(call("returned", 7, null, "result", CharSequence.class)).isEqualTo("result");
    assertThat(sink.calls).isEmpty();
    sink.fault = new IllegalStateException();
    assertThat(call("followArgument", 7, "token", "callback", Runnable.class))
        .isEqualTo("callback");
    assertThat(call("returned", 7, "token", "result", CharSequence.class)).isEqualTo("result");
  }

  @Test
  void callsTheSinkOnlyOnceIfThereIsNoToken() throws Exception {
    install();
    sink.token = null;
    assertThat(enter(7, "self")).isNull();
    assertThat(replaceArgument(7, null, "argument")).isEqualTo("argument");
    assertThat(exit(7, null, RESULT)).isSameAs(RESULT);

    assertThat(sink.calls).containsExactly("enter 7 self null null null");
  }

  @Test
  void aFaultOfTheSinkIsReportedToTheSinkAndTheCallGoesOnUnchanged() throws Exception {
    install();
    sink.fault = new IllegalStateException("broken decoder");
    assertThat(enter(3, "self")).isNull();
    assertThat(replaceArgument(3, "token", "argument")).isEqualTo("argument");
    assertThat(exit(3, "token", RESULT)).isSameAs(RESULT);

    assertThat(sink.faults)
        .containsExactly("3 " + sink.fault, "3 " + sink.fault, "3 " + sink.fault);
  }

  @Test
  void errorsAreAbsorbedLikeExceptions() throws Exception {
    install();
    for (Throwable fault :
        List.of(new NoClassDefFoundError(), new StackOverflowError(), new OutOfMemoryError())) {
      sink.fault = fault;
      assertThat(enter(3, "self")).isNull();
      assertThat(replaceArgument(3, "token", "argument")).isEqualTo("argument");
      assertThat(exit(3, "token", RESULT)).isSameAs(RESULT);
    }
    assertThat(sink.faults).hasSize(9);
  }

  @Test
  void aFaultInTheFaultHandlingIsAbsorbedToo() throws Exception {
    install();
    sink.fault = new IllegalStateException();
    sink.faultInFailed = new OutOfMemoryError();
    assertThat(enter(3, "self")).isNull();
    assertThat(replaceArgument(3, "token", "argument")).isEqualTo("argument");
    assertThat(exit(3, "token", RESULT)).isSameAs(RESULT);
  }

  @Test
  void theSinkIsStillCalledAfterAFault() throws Exception {
    install();
    sink.fault = new IllegalStateException();
    enter(3, "self");
    sink.fault = null;

    assertThat(enter(3, "self")).isEqualTo("token");
  }

  @Test
  void theExceptionOfTheApplicationReachesTheSink() throws Exception {
    install();
    Method exit = probe.getMethod("exit", int.class, Object.class, Object.class, Throwable.class);
    exit.invoke(null, 3, "token", null, new IOException("refused"));

    assertThat(sink.calls).containsExactly("exit 3 token null java.io.IOException: refused");
  }

  @Test
  void theSinkIsBoundByTheFirstWovenCall() throws Exception {
    assertThat(enter(1, "before the sink")).isNull();
    install();
    assertThat(enter(1, "after it")).isNull();
    assertThat(sink.calls).isEmpty();
  }

  private void install() throws Exception {
    probe.getMethod("install", ProbeSink.class).invoke(null, sink);
  }

  private Object enter(int site, Object self) throws Exception {
    return call("enter", site, self, null, null, null);
  }

  private Object replaceArgument(int site, Object token, Object argument) throws Exception {
    return call("replaceArgument", site, token, argument);
  }

  private Object exit(int site, Object token, Object result) throws Exception {
    return call("exit", site, token, result, null);
  }

  private Object call(String name, Object... arguments) throws Exception {
    for (Method method : probe.getMethods()) {
      if (method.getName().equals(name)) {
        return method.invoke(null, arguments);
      }
    }
    throw new AssertionError("no method " + name);
  }

  /** Defines the probe itself and shares everything else. */
  private static final class FreshProbe extends ClassLoader {
    FreshProbe() {
      super(ProbeTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      String probe = Probe.class.getName();
      if (!name.equals(probe) && !name.startsWith(probe + "$")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Notes what it is called with, and throws on demand. */
  private static final class RecordingSink implements ProbeSink {
    final List<String> calls = new ArrayList<>();
    final List<String> faults = new ArrayList<>();
    Object token = "token";
    Throwable fault;
    Error faultInFailed;

    @SuppressWarnings("OverridingMethodInconsistentArgumentNamesChecker") // it sees no names
    @Override
    public Object enter(int site, Object self, Object arg0, Object arg1, Object arg2) {
      note("enter", site, self, arg0, arg1, arg2);
      return token;
    }

    @SuppressWarnings("OverridingMethodInconsistentArgumentNamesChecker") // it sees no names
    @Override
    public Object enterSuspending(
        int site, Object self, Object arg0, Object arg1, Object arg2, Object continuation) {
      note("enterSuspending", site, self, arg0, arg1, arg2, continuation);
      return token;
    }

    @Override
    public Object replaceArgument(int site, Object token, Object argument) {
      note("replaceArgument", site, token, argument);
      return "replaced " + argument;
    }

    @Override
    public Object exit(int site, Object token, Object result, Throwable thrown) {
      note("exit", site, token, result, thrown);
      return "replaced " + result;
    }

    @Override
    public Object followArgument(int site, Object token, Object argument, Class<?> declared) {
      note("followArgument", site, token, argument, declared.getSimpleName());
      return "replaced " + argument;
    }

    @Override
    public Object returned(int site, Object token, Object result, Class<?> declared) {
      note("returned", site, token, result, declared.getSimpleName());
      return "replaced " + result;
    }

    @Override
    public void failed(int site, Throwable fault) {
      faults.add(site + " " + fault);
      if (faultInFailed != null) {
        throw faultInFailed;
      }
    }

    private void note(String method, Object... arguments) {
      StringBuilder call = new StringBuilder(method);
      for (Object argument : arguments) {
        call.append(' ').append(argument);
      }
      calls.add(call.toString());
      if (fault != null) {
        throwUnchecked(fault);
      }
    }

    private static void throwUnchecked(Throwable fault) {
      if (fault instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) fault;
    }
  }
}
