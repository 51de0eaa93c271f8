package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class ClassNamesTest {
  /** The interface of models. */
  interface Model {
    String answer();
  }

  /** Models that are enum constants. */
  enum Models implements Model {
    SMALL {
      @Override
      public String answer() {
        return "no";
      }
    }
  }

  /** The class that the test defines as a hidden class. */
  static final class Hidden extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aSingletonOfScalaIsNamedAsInItsSource() {
    assertThat(ClassNames.simple("com.acme.Llm$")).isEqualTo("Llm");
    assertThat(ClassNames.simple("com.acme.Outer$Llm$")).isEqualTo("Llm");
  }

  @Test
  void knowsTheNamesOfSuperTypes() {
    assertThat(ClassNames.hasSupertype(Models.class, Model.class.getName())).isTrue();
    assertThat(ClassNames.hasSupertype(Models.class, "java.lang.Enum")).isTrue();
    assertThat(ClassNames.hasSupertype(Model.class, "java.lang.Enum")).isFalse();
  }

  @Test
  void aProxyIsNamedAsItsInterface() {
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Model.class}, (self, method, args) -> "");

    assertThat(ClassNames.of(proxy)).isEqualTo("Model");
  }

  @Test
  void anEnumConstantWithMethodsOfItsOwnIsNamedAsItsEnum() {
    assertThat(ClassNames.of(Models.SMALL)).isEqualTo("Models");
  }

  @Test
  void anAnonymousClassIsNamedAsWhatItExtends() {
    Model model =
        new Model() {
          @Override
          public String answer() {
            return "";
          }
        };

    assertThat(ClassNames.of(model)).isEqualTo("Model");
  }

  @Test
  void aLambdaIsNamedAsTheClassThatItIsIn() {
    Model model = () -> "";

    assertThat(ClassNames.of(model)).isEqualTo("ClassNamesTest");
  }

  @Test
  void aHiddenClassIsNamedWithoutItsAddress() throws ReflectiveOperationException, IOException {
    Class<?> hidden;
    try (InputStream in = getClass().getResourceAsStream("ClassNamesTest$Hidden.class")) {
      hidden = MethodHandles.lookup().defineHiddenClass(in.readAllBytes(), true).lookupClass();
    }
    Throwable made = (Throwable) hidden.getDeclaredConstructor().newInstance();

    assertThat(ClassNames.of(made)).isEqualTo("Hidden");
    assertThat(Errors.type(made)).isEqualTo(Hidden.class.getName());
  }
}
