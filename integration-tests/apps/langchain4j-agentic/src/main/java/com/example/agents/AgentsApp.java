package com.example.agents;

import com.example.agents.Agents.Clerk;
import com.example.agents.Agents.Desk;
import com.example.agents.Agents.Editor;
import com.example.agents.Agents.Library;
import com.example.agents.Agents.Referee;
import com.example.agents.Agents.Teller;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.service.TokenStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls agents in each of the ways in which they can call others. */
public final class AgentsApp {
  private static final int CROWD = 16;

  private final Models models;

  private AgentsApp(Models models) {
    this.models = models;
  }

  public static void main(String[] args) throws Exception {
    AgentsApp app = new AgentsApp(new Models(args[0]));
    app.alone();
    app.workflows();
    app.supervised();
    app.streamed();
    app.crowd();
    System.exit(0); // the library's threads live on
  }

  private Clerk clerk(String key) {
    return AgenticServices.agentBuilder(Clerk.class)
        .chatModel(models.chat("clerk"))
        .tools(new Tools())
        .outputKey(key)
        .build();
  }

  private Clerk asynchronous(String key) {
    return AgenticServices.agentBuilder(Clerk.class)
        .chatModel(models.chat("clerk"))
        .tools(new Tools())
        .outputKey(key)
        .async(true)
        .build();
  }

  private Editor editor() {
    return AgenticServices.agentBuilder(Editor.class)
        .chatModel(models.chat("editor"))
        .outputKey("draft")
        .build();
  }

  private Referee referee() {
    return AgenticServices.agentBuilder(Referee.class)
        .chatModel(models.chat("referee"))
        .outputKey("verdict")
        .build();
  }

  private Teller teller() {
    return AgenticServices.agentBuilder(Teller.class)
        .streamingChatModel(models.streaming("teller"))
        .outputKey("story")
        .build();
  }

  private void alone() {
    System.out.println(clerk("draft").answer("Who are you?"));
    System.out.println(
        clerk("draft").answer("How many? [use price item=bolts] [use stock item=nuts]"));
    try {
      clerk("draft").answer("Are you well? [fail]");
      System.out.println("no failure");
    } catch (RuntimeException e) {
      System.out.println(e.getClass().getName());
    }
  }

  private void workflows() {
    Map<String, Object> question = Map.of("question", "Where? [use price item=bolts]");
    Desk sequence =
        AgenticServices.sequenceBuilder(Desk.class)
            .subAgents(clerk("draft"), editor())
            .outputKey("draft")
            .build();
    System.out.println(sequence.handle("Where?"));

    UntypedAgent parallel = parallel();
    System.out.println(parallel.invoke(question));

    AtomicInteger rounds = new AtomicInteger();
    UntypedAgent loop =
        AgenticServices.loopBuilder()
            .subAgents(editor())
            .maxIterations(5) // which is one more in old releases
            .exitCondition(scope -> rounds.incrementAndGet() == 2)
            .outputKey("draft")
            .build();
    System.out.println(loop.invoke(Map.of("draft", "A start")));

    UntypedAgent conditional =
        AgenticServices.conditionalBuilder()
            .subAgents(scope -> false, editor())
            .subAgents(scope -> true, clerk("draft"))
            .outputKey("draft")
            .build();
    System.out.println(conditional.invoke(question));

    UntypedAgent nested =
        AgenticServices.sequenceBuilder()
            .subAgents(parallel(), referee())
            .outputKey("verdict")
            .build();
    System.out.println(nested.invoke(question));

    UntypedAgent asynchronous =
        AgenticServices.sequenceBuilder()
            .subAgents(asynchronous("left"), asynchronous("right"), referee())
            .outputKey("verdict")
            .build();
    System.out.println(asynchronous.invoke(question));
  }

  private UntypedAgent parallel() {
    return AgenticServices.parallelBuilder()
        .subAgents(clerk("left"), clerk("right"))
        .output(scope -> scope.readState("left", "") + scope.readState("right", ""))
        .build();
  }

  private void supervised() {
    System.out.println(
        AgenticServices.supervisorBuilder()
            .chatModel(models.planner("planner"))
            .subAgents(clerk("draft"))
            .build()
            .invoke("Where are the bolts?"));
  }

  private void streamed() throws Exception {
    read(teller().tell("Slowly"));
    Library library =
        AgenticServices.sequenceBuilder(Library.class)
            .subAgents(clerk("draft"), teller())
            .outputKey("story")
            .build();
    read(library.read("Where?"));
  }

  private static void read(TokenStream stream) throws Exception {
    CompletableFuture<Object> end = new CompletableFuture<>();
    stream
        .onPartialResponse(piece -> {})
        .onCompleteResponse(end::complete)
        .onError(end::completeExceptionally)
        .start();
    System.out.println(end.get(30, TimeUnit.SECONDS));
  }

  private void crowd() throws Exception {
    UntypedAgent nested =
        AgenticServices.sequenceBuilder()
            .subAgents(asynchronous("left"), asynchronous("right"), referee(), parallel())
            .outputKey("verdict")
            .build();
    ExecutorService threads = Executors.newFixedThreadPool(CROWD);
    List<Future<Object>> answers = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      answers.add(threads.submit(() -> nested.invoke(Map.of("question", "Who?"))));
    }
    for (Future<Object> answer : answers) {
      answer.get();
    }
    threads.shutdown();
  }
}
