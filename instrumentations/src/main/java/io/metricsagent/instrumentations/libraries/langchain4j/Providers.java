package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.ClassNames;
import io.metricsagent.instrumentations.llm.ProviderNames;
import java.util.Locale;
import java.util.Map;

/**
 * Translates {@code ModelProvider} to {@code gen_ai.provider.name} of the OpenTelemetry conventions
 * for generative AI.
 *
 * <p>For a model without a provider, the provider follows from the model's class: {@code
 * CohereEmbeddingModel} is {@code cohere}.
 */
final class Providers implements ProviderNames {
  private static final Map<String, String> BY_ENUM =
      Map.ofEntries(
          Map.entry("OPEN_AI", "openai"),
          Map.entry("AZURE_OPEN_AI", "azure.ai.openai"),
          Map.entry("MICROSOFT_FOUNDRY", "azure.ai.inference"),
          Map.entry("GITHUB_MODELS", "azure.ai.inference"),
          Map.entry("ANTHROPIC", "anthropic"),
          Map.entry("AMAZON_BEDROCK", "aws.bedrock"),
          Map.entry("GOOGLE_AI_GEMINI", "gcp.gemini"),
          Map.entry("GOOGLE_GENAI", "gcp.gen_ai"),
          Map.entry("GOOGLE_VERTEX_AI_GEMINI", "gcp.vertex_ai"),
          Map.entry("GOOGLE_VERTEX_AI_ANTHROPIC", "gcp.vertex_ai"),
          Map.entry("MISTRAL_AI", "mistral_ai"),
          Map.entry("WATSONX", "ibm.watsonx.ai"),
          Map.entry("COHERE", "cohere"),
          Map.entry("OLLAMA", "ollama"),
          Map.entry("VOYAGE_AI", "voyage_ai"),
          Map.entry("JINA", "jina"));

  /** Prefixes of class names; if two prefixes match, the longer one comes first. */
  private static final String[][] BY_CLASS = {
    {"AzureOpenAi", "azure.ai.openai"},
    {"OpenAi", "openai"},
    {"Anthropic", "anthropic"},
    {"Bedrock", "aws.bedrock"},
    {"GoogleAi", "gcp.gemini"},
    {"GoogleGenAi", "gcp.gen_ai"},
    {"VertexAi", "gcp.vertex_ai"},
    {"MistralAi", "mistral_ai"},
    {"Watsonx", "ibm.watsonx.ai"},
  };

  /** The names of all constants of an enum of providers, by their ordinals. */
  private static final ClassValue<String[]> BY_CONSTANT =
      new ClassValue<>() {
        @Override
        protected String[] computeValue(Class<?> type) {
          Object[] constants = type.getEnumConstants();
          String[] names = new String[constants.length];
          for (int i = 0; i < names.length; i++) {
            names[i] = ofConstant(((Enum<?>) constants[i]).name());
          }
          return names;
        }
      };

  /** The provider that the class of a model suggests. */
  private static final ClassValue<String> BY_MODEL =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return ofClass(type);
        }
      };

  /**
   * The path from a model to its constant of {@code ModelProvider}; {@code null} if the models have
   * no such getter.
   */
  private final Accessor constant;

  /** Makes a finder for models whose provider is at {@code path}. */
  Providers(String path) {
    constant = Accessor.path(path);
  }

  /** Makes a finder for models without a getter for the provider. */
  Providers() {
    constant = null;
  }

  @Override
  public String of(Object model) {
    Object provider = constant == null ? null : constant.read(model);
    String name = provider instanceof Enum<?> known ? of(known) : null;
    return name == null ? BY_MODEL.get(model.getClass()) : name;
  }

  private static String of(Enum<?> provider) {
    return BY_CONSTANT.get(provider.getDeclaringClass())[provider.ordinal()];
  }

  /** Returns the provider's name, or {@code null} if the class of the model says more. */
  private static String ofConstant(String provider) {
    if (provider.equals("OTHER")) {
      return null;
    }
    String known = BY_ENUM.get(provider);
    return known == null ? provider.toLowerCase(Locale.ROOT) : known;
  }

  private static String ofClass(Class<?> model) {
    String name = ClassNames.simple(model);
    if (model.getName().startsWith("dev.langchain4j.")) {
      for (String[] known : BY_CLASS) {
        if (name.startsWith(known[0])) {
          return known[1];
        }
      }
    }
    for (String suffix :
        new String[] {"StreamingChatModel", "ChatModel", "EmbeddingModel", "Model"}) {
      if (name.endsWith(suffix) && name.length() > suffix.length()) {
        return name.substring(0, name.length() - suffix.length()).toLowerCase(Locale.ROOT);
      }
    }
    return name.toLowerCase(Locale.ROOT);
  }
}
