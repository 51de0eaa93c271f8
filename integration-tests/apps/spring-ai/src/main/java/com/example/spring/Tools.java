package com.example.spring;

import java.util.Map;
import org.springframework.ai.tool.annotation.Tool;

/** The tools of the assistant. */
public final class Tools {
  private static final Map<String, String> PRICES = Map.of("bolts", "0.12 EUR");

  /** Returns the price of one piece. */
  @Tool(description = "Price of one piece")
  public String price(String item) {
    String price = PRICES.get(item);
    if (price == null) {
      throw new IllegalStateException("no price for " + item);
    }
    return price;
  }
}
