package com.example.genai;

/** The functions that the model can call. */
public final class Functions {
  private Functions() {}

  /** Returns the price of an item. */
  public static String price(String item) {
    return item.length() + " EUR";
  }

  /** Throws. */
  public static String broken(String item) {
    throw new IllegalStateException("no shelf for " + item.length());
  }
}
