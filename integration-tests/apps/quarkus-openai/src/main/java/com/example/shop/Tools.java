package com.example.shop;

import dev.langchain4j.agent.tool.Tool;
import io.quarkiverse.langchain4j.guardrails.ToolInputGuardrail;
import io.quarkiverse.langchain4j.guardrails.ToolInputGuardrailRequest;
import io.quarkiverse.langchain4j.guardrails.ToolInputGuardrailResult;
import io.quarkiverse.langchain4j.guardrails.ToolInputGuardrails;
import jakarta.enterprise.context.ApplicationScoped;

/** The tools of the assistant. */
@ApplicationScoped
public class Tools {
  /** A guardrail that refuses each call. */
  @ApplicationScoped
  public static class NobodyGuardrail implements ToolInputGuardrail {
    @Override
    public ToolInputGuardrailResult validate(ToolInputGuardrailRequest request) {
      return ToolInputGuardrailResult.failure("nobody may");
    }
  }

  /** Returns a price. */
  @Tool("The price of an item")
  public String price(String item) {
    return "0.12 EUR";
  }

  /** Never runs, because its guardrail refuses each call. */
  @Tool("Opens the safe")
  @ToolInputGuardrails(NobodyGuardrail.class)
  public String open(String item) {
    return "open";
  }
}
