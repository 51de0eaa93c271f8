package io.metricsagent.instrumentations.libraries.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The names of the providers of LangChain4j's models. */
class ProvidersTest {
  /** As the library's enum of the same name. */
  public enum ModelProvider {
    AZURE_OPEN_AI,
    /** One that the agent does not know. */
    NEW_CLOUD,
    OTHER {
      @Override
      public String toString() {
        return "something else";
      }
    }
  }

  /** A model that names its provider. */
  public record Model(ModelProvider provider) {}

  /** A model of the application's own, without a provider. */
  public static final class CornerShopChatModel {}

  private static final Providers PROVIDERS = new Providers("provider()");

  @Test
  void aKnownProviderHasTheNameOfTheConventions() {
    assertThat(PROVIDERS.of(new Model(ModelProvider.AZURE_OPEN_AI))).isEqualTo("azure.ai.openai");
  }

  @Test
  void anotherProviderHasTheNameOfItsConstant() {
    assertThat(PROVIDERS.of(new Model(ModelProvider.NEW_CLOUD))).isEqualTo("new_cloud");
  }

  @Test
  void withoutAProviderTheClassOfTheModelNamesIt() {
    assertThat(PROVIDERS.of(new Model(ModelProvider.OTHER))).isEqualTo("model");
    assertThat(PROVIDERS.of(new Model(null))).isEqualTo("model");
    assertThat(new Providers().of(new CornerShopChatModel())).isEqualTo("cornershop");
  }

  @Test
  void aNameIsMadeOnce() {
    CornerShopChatModel model = new CornerShopChatModel();

    assertThat(PROVIDERS.of(model)).isSameAs(PROVIDERS.of(model));
  }
}
