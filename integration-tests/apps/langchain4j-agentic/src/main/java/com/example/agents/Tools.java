package com.example.agents;

import dev.langchain4j.agent.tool.Tool;

/** The tools of the clerk. */
public class Tools {
  /** Looks a price up. */
  @Tool
  public int price(String item) {
    return item.length();
  }

  /** Counts what is in stock. */
  @Tool
  public int stock(String item) {
    return item.length();
  }
}
