package com.example.quarkus;

import com.example.threads.VirtualThreads;
import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolArgumentsErrorHandler;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import dev.langchain4j.service.tool.ToolExecutionErrorHandler;
import dev.langchain4j.service.tool.ToolExecutor;
import io.quarkiverse.langchain4j.runtime.aiservice.AiServiceMethodImplementationSupport;
import io.quarkiverse.langchain4j.runtime.tool.QuarkusToolExecutor;
import io.quarkiverse.langchain4j.runtime.tool.ToolInvoker;
import io.quarkiverse.langchain4j.runtime.tool.ToolMethodCreateInfo.ExecutionModel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * {@code java -jar quarkus-langchain4j-newest.jar}: calls Quarkus's executor of tools, directly and
 * by the method that its AI services use. The invokers, which a build of Quarkus would generate,
 * are written by hand.
 */
public final class QuarkusApp {
  private QuarkusApp() {}

  /** The invoker of a tool that succeeds, as Quarkus generates it. */
  public static class Works implements ToolInvoker {
    @Override
    public MethodMetadata methodMetadata() {
      return new MethodMetadata(true, Map.of(), null, null);
    }

    @Override
    public Object invoke(Object tool, Object[] arguments) throws Exception {
      return null;
    }
  }

  /** The invoker of a tool that fails. */
  public static final class Fails extends Works {
    @Override
    public Object invoke(Object tool, Object[] arguments) throws Exception {
      throw new IllegalStateException("no shelf for " + arguments.length);
    }
  }

  /** The invoker of a tool with an argument. */
  public static final class Asks extends Works {
    @Override
    public MethodMetadata methodMetadata() {
      return new MethodMetadata(true, Map.of("item", 0), null, null);
    }
  }

  private static ToolExecutor executor(Class<?> invoker) {
    return new QuarkusToolExecutor(
        new QuarkusToolExecutor.Context(
            new Object(),
            invoker.getName(),
            "run",
            "none",
            ExecutionModel.NON_BLOCKING,
            ReturnBehavior.TO_LLM,
            true,
            null));
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    ToolExecutor works = executor(Works.class);
    print("direct", () -> works.executeWithContext(request("quarkusPrice"), context()));
    print("old", () -> works.execute(request("quarkusPrice"), "me"));
    print("service", () -> serve(request("quarkusPrice"), works));
    print("failing", () -> serve(request("quarkusBroken"), executor(Fails.class)));
    print("picky", () -> serve(request("quarkusPicky"), executor(Asks.class)));
    ExecutorService threads = Executors.newFixedThreadPool(32);
    for (int i = 0; i < 32; i++) {
      threads.submit(() -> print("crowded", () -> serve(request("quarkusCrowd"), works)));
    }
    threads.shutdown();
    threads.awaitTermination(30, TimeUnit.SECONDS);
    VirtualThreads.run(() -> print("virtual", () -> serve(request("quarkusCrowd"), works)));
  }

  private static ToolExecutionRequest request(String tool) {
    return ToolExecutionRequest.builder().id(tool).name(tool).arguments("").build();
  }

  private static InvocationContext context() {
    return InvocationContext.builder().chatMemoryId("me").build();
  }

  /** A call that may throw any exception. */
  private interface Call {
    Object run() throws Throwable;
  }

  private static void print(String what, Call call) {
    try {
      call.run();
      System.out.println(what + " ran");
    } catch (Throwable e) {
      System.out.println(what + " " + e);
    }
  }

  /** Calls a private method, as an AI service does. */
  private static Object serve(ToolExecutionRequest request, ToolExecutor executor)
      throws Throwable {
    Method method =
        AiServiceMethodImplementationSupport.class.getDeclaredMethod(
            "executeTool",
            ToolExecutionRequest.class,
            ToolExecutor.class,
            InvocationContext.class,
            ToolArgumentsErrorHandler.class,
            ToolExecutionErrorHandler.class);
    method.setAccessible(true);
    ToolArgumentsErrorHandler arguments = (e, c) -> ToolErrorHandlerResult.text(e.getMessage());
    ToolExecutionErrorHandler execution = (e, c) -> ToolErrorHandlerResult.text(e.getMessage());
    try {
      return method.invoke(null, request, executor, context(), arguments, execution);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
