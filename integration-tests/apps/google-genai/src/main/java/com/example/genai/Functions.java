package com.example.genai;

/** What the model can call. */
public final class Functions {
  private Functions() {}

  /** A function for the model. */
  public static String price(String item) {
    return item.length() + " EUR";
  }

  /** A function for the model that does not work. */
  public static String broken(String item) {
    throw new IllegalStateException("no shelf for " + item.length());
  }
}
