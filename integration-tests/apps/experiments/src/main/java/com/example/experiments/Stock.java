package com.example.experiments;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;

/** The tool of the assistant. */
final class Stock {
  @Tool("Number of pieces in stock")
  public int stockLevel(@P("name of the item") String item) {
    return item.length();
  }
}
