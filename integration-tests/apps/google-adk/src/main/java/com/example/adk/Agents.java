package com.example.adk;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.RunConfig;
import com.google.adk.models.BaseLlm;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.sessions.Session;
import com.google.adk.tools.AgentTool;
import com.google.adk.tools.BaseTool;
import com.google.adk.tools.FunctionTool;
import com.google.adk.tools.ToolContext;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.Part;
import io.reactivex.rxjava3.core.Single;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Agents and their tools. */
final class Agents {
  private final Models models;

  Agents(Models models) {
    this.models = models;
  }

  static LlmAgent agent(String name, BaseLlm model, Object... tools) {
    List<Object> all = new ArrayList<>();
    for (Object tool : tools) {
      if (tool instanceof Tools functions) {
        for (String function : List.of("price", "stock", "broken", "refuse", "search")) {
          all.add(FunctionTool.create(functions, function));
        }
      } else {
        all.add(tool);
      }
    }
    return LlmAgent.builder().name(name).description(name).model(model).tools(all).build();
  }

  static void run(BaseAgent agent, String question, boolean stream) {
    InMemoryRunner runner = new InMemoryRunner(agent, "warehouse");
    Session session = runner.sessionService().createSession("warehouse", "me").blockingGet();
    RunConfig config =
        RunConfig.builder()
            .streamingMode(stream ? RunConfig.StreamingMode.SSE : RunConfig.StreamingMode.NONE)
            .build();
    try {
      runner
          .runAsync("me", session.id(), Content.fromParts(Part.fromText(question)), config)
          .blockingForEach(event -> System.out.println(agent.name() + ": " + event.author()));
    } catch (RuntimeException e) {
      System.out.println(agent.name() + ": " + e);
    }
  }

  void all() throws Exception {
    claude();
    run(
        agent("fumbler", models.gemini("fumbler"), new Tools()),
        "Try! [use broken item=nuts] [use refuse item=nuts] [use stock shelf=nuts]",
        false);
    run(
        agent("pair", models.gemini("pair"), new Tools()),
        "Both? [use price item=nuts] [use stock item=nuts]",
        false);
    run(
        agent("dreamer", models.gemini("dreamer"), new Tools()),
        "Dream! [use unicorn item=horn]",
        false);
    run(
        agent(
            "planner",
            models.gemini("planner"),
            AgentTool.create(agent("expert", models.gemini("expert")))),
        "Plan! [use expert request=bolts]",
        false);
    run(
        agent("seller", models.gemini("seller"), FunctionTool.create(new Tools(), "sell", true)),
        "Sell! [use sell item=nuts]",
        false);
    run(
        agent("waiter", models.gemini("waiter"), new Late("late", null), new Late("lost", "lost")),
        "Wait! [use late item=nuts]",
        false);
    run(
        agent("loser", models.gemini("loser"), new Late("lost", "lost")),
        "Wait! [use lost item=nuts]",
        false);
  }

  private void claude() throws Exception {
    run(agent("claude", models.claude("claude-success")), "Who are you?", false);
    run(agent("claude", models.claude("claude-success")), "Who are you, in pieces?", true);
    run(
        agent("claude", models.claude("claude-tools"), new Tools()),
        "How much are bolts? [use price item=bolts]",
        false);
    run(agent("claude", models.claude("claude-throttled")), "Busy? [throttle once]", false);
    run(agent("claude", models.claude("claude-exhausted")), "Busy? [throttle always]", false);
    run(agent("claude", models.claude("claude-failed")), "Are you well? [fail]", false);
    run(agent("claude", models.claude("claude-malformed")), "What? [malformed]", false);
    run(agent("claude", models.claude("claude-timeout", 400)), "Well? [slow 2000]", false);
    Answers.concurrently(models.claude("claude-concurrent"), 32);
    Answers.onVirtualThread(models.claude("claude-virtual"));
  }

  /** A tool that answers 200 ms later, on another thread. */
  private static final class Late extends BaseTool {
    private final String failure;

    Late(String name, String failure) {
      super(name, name);
      this.failure = failure;
    }

    @Override
    public Optional<FunctionDeclaration> declaration() {
      return Optional.of(FunctionDeclaration.builder().name(name()).description(name()).build());
    }

    @Override
    public Single<Map<String, Object>> runAsync(Map<String, Object> args, ToolContext context) {
      return Single.timer(200, TimeUnit.MILLISECONDS)
          .map(
              tick -> {
                if (failure != null) {
                  throw new java.io.IOException(failure);
                }
                return Map.of("result", args.size());
              });
    }
  }
}
