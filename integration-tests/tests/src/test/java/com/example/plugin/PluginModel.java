package com.example.plugin;

/** A model that is two steps below the measured interface. */
public final class PluginModel extends BaseModel {
  /** Makes a model. */
  public PluginModel() {}

  @Override
  public String answer(String prompt) {
    return "plugin: " + prompt;
  }
}
