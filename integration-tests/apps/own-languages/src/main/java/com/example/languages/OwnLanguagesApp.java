package com.example.languages;

import java.lang.reflect.InvocationTargetException;

/** Runs what is written in each language; a wrong answer ends the application with an error. */
public final class OwnLanguagesApp {
  private OwnLanguagesApp() {}

  /** Runs the languages that the arguments name. */
  public static void main(String[] args) throws Exception {
    for (String language : args) {
      try {
        // By reflection: the compilers of the other languages run on their own sources only.
        Class.forName("com.example.languages." + language + "Calls").getMethod("run").invoke(null);
      } catch (InvocationTargetException e) {
        e.getCause().printStackTrace();
        System.exit(1);
      }
    }
  }
}
