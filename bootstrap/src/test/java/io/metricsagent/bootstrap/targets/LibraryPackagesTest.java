package io.metricsagent.bootstrap.targets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibraryPackagesTest {
  @Test
  void areSortedAndNoneIsAPrefixOfAnother() {
    String[] packages = LibraryPackages.NEVER_TARGETS;
    for (int i = 1; i < packages.length; i++) {
      assertThat(packages[i]).isGreaterThan(packages[i - 1]).doesNotStartWith(packages[i - 1]);
    }
  }

  @Test
  void containTheirClassesAtAnyDepth() {
    for (String name : LibraryPackages.NEVER_TARGETS) {
      assertThat(LibraryPackages.contains(name + "A")).as(name).isTrue();
      assertThat(LibraryPackages.contains(name + "zz/z/Zzz$1")).as(name).isTrue();
    }
  }

  @Test
  void giveTheSameAnswerWhicheverClassCameBefore() {
    for (String name : LibraryPackages.NEVER_TARGETS) {
      assertThat(LibraryPackages.contains(name + "A")).as(name).isTrue();
      assertThat(LibraryPackages.contains(name.substring(0, name.length() - 1))).as(name).isFalse();
      assertThat(LibraryPackages.contains("zz/Z")).as(name).isFalse();
      assertThat(LibraryPackages.contains("java/lang/Object")).as(name).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "zz/Z",
        "javafx/Application",
        "dev/langchain4j/model/openai/OpenAiChatModel",
        "dev/langchain4j/model/chat/response/StreamingHandle",
        "org/springframework/ai/openai/OpenAiChatModel",
        "com/openai/client/okhttp/OkHttpClient",
        "com/example/java/Main"
      })
  void containNobodyElsesClasses(String name) {
    assertThat(LibraryPackages.contains(name)).isFalse();
  }
}
