package com.example.warehouse;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import java.util.Map;

/** The tools of the assistant. */
final class WarehouseTools {
  private static final Map<String, Integer> STOCK = Map.of("bolts", 1200, "nuts", 800);
  private static final Map<String, String> PRICES = Map.of("bolts", "0.12 EUR");

  @Tool("Number of pieces in stock")
  public int stockLevel(@P("name of the item") String item) {
    return STOCK.getOrDefault(item, 0);
  }

  @Tool("Price of one piece")
  public String price(@P("name of the item") String item) {
    String price = PRICES.get(item);
    if (price == null) {
      throw new IllegalStateException("no price for " + item);
    }
    return price;
  }
}
