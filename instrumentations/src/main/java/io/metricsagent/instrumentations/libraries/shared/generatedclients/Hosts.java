package io.metricsagent.instrumentations.libraries.shared.generatedclients;

import java.net.URI;
import java.util.Locale;

/**
 * Finds the provider ({@code gen_ai.provider.name}) by the address of its API, since the client of
 * one provider often calls the API of another one.
 */
final class Hosts {
  private static final String[][] BY_SUFFIX = {
    {".openai.azure.com", "azure.ai.openai"},
    {".cognitiveservices.azure.com", "azure.ai.openai"},
    {".services.ai.azure.com", "azure.ai.inference"},
    {".inference.ai.azure.com", "azure.ai.inference"},
    {"models.github.ai", "azure.ai.inference"},
    {"api.openai.com", "openai"},
    {"api.anthropic.com", "anthropic"},
    {"api.groq.com", "groq"},
    {"api.deepseek.com", "deepseek"},
    {"api.mistral.ai", "mistral_ai"},
    {"api.x.ai", "x_ai"},
    {"api.perplexity.ai", "perplexity"},
    {"api.cohere.ai", "cohere"},
    {"api.cohere.com", "cohere"},
    {"openrouter.ai", "openrouter"},
    {"generativelanguage.googleapis.com", "gcp.gemini"},
    {"aiplatform.googleapis.com", "gcp.vertex_ai"},
  };

  private Hosts() {}

  /** Returns the provider, or {@code null} if the host is unknown. */
  static String provider(String url) {
    if (url == null) {
      return null;
    }
    String host;
    try {
      host = URI.create(url).getHost();
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (host == null) {
      return null;
    }
    String name = host.toLowerCase(Locale.ROOT);
    for (String[] known : BY_SUFFIX) {
      if (name.endsWith(known[0])) {
        return known[1];
      }
    }
    return name.startsWith("bedrock") && name.contains(".amazonaws.com") ? "aws.bedrock" : null;
  }
}
