package io.metricsagent.instrumentations.libraries.springai;

import io.metricsagent.instrumentations.access.ClassNames;
import java.util.Locale;

/**
 * Finds {@code gen_ai.provider.name} by the class of a model: Spring AI's models have no getter for
 * it.
 */
final class Providers {
  /** Prefixes of class names; if two prefixes match, the longer one comes first. */
  private static final String[][] BY_CLASS = {
    {"AzureOpenAi", "azure.ai.openai"},
    {"OpenAi", "openai"},
    {"Anthropic", "anthropic"},
    {"Bedrock", "aws.bedrock"},
    {"Titan", "aws.bedrock"},
    {"GoogleGenAi", "gcp.gen_ai"},
    {"VertexAi", "gcp.vertex_ai"},
    {"MistralAi", "mistral_ai"},
    {"DeepSeek", "deepseek"},
    {"Watsonx", "ibm.watsonx.ai"},
  };

  private static final String[] SUFFIXES = {
    "TextEmbeddingModel", "EmbeddingModel", "ProxyChatModel", "ChatModel", "Model"
  };

  private Providers() {}

  static String of(Object model) {
    String name = ClassNames.of(model);
    if (model.getClass().getName().startsWith("org.springframework.ai.")) {
      for (String[] known : BY_CLASS) {
        if (name.startsWith(known[0])) {
          return known[1];
        }
      }
    }
    for (String suffix : SUFFIXES) {
      if (name.endsWith(suffix) && name.length() > suffix.length()) {
        return name.substring(0, name.length() - suffix.length()).toLowerCase(Locale.ROOT);
      }
    }
    return name.toLowerCase(Locale.ROOT);
  }
}
