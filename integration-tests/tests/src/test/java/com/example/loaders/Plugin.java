package com.example.loaders;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;

/** The plugin, as an application that does not know its classes calls it. */
final class Plugin {
  static final String MODEL = "com.example.plugin.PluginModel";
  static final String OTHER = "com.example.plugin.Other";
  static final String MORE_OTHER = "com.example.plugin.MoreOther";

  private Plugin() {}

  static URL jar(String path) throws MalformedURLException {
    return new File(path).toURI().toURL();
  }

  /** Makes a model of a class and prints its answer. */
  static void ask(Class<?> model) throws ReflectiveOperationException {
    Object made = model.getConstructor().newInstance();
    System.out.println(model.getMethod("answer", String.class).invoke(made, "hello"));
  }
}
