package com.example.providers;

import dev.langchain4j.agent.tool.Tool;

/** The tools of the assistants. */
final class Tools {
  @Tool("Price of one piece")
  String price(String item) {
    return item + " cost 0.12 EUR";
  }

  @Tool("Number of pieces in stock")
  int stock(String item) {
    return item.length();
  }
}
