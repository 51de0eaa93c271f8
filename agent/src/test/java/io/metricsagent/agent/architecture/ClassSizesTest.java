package io.metricsagent.agent.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No class of the product is larger than a reader takes in at once, without a reason beside it. */
class ClassSizesTest {
  private static final List<String> MODULES =
      List.of("bootstrap/api", "bootstrap", "instrumentations", "exporters", "agent");

  @TempDir private Path folder;

  @Test
  void noClassIsLargerThanItsReasonAllows() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      sources.addAll(ClassSizes.sources(Path.of("..", module, "src", "main")));
    }

    assertThat(sources).hasSizeGreaterThan(300);
    assertThat(ClassSizes.tooLarge(sources))
        .as("split these, or say in their comment: " + ClassSizes.LONG + ", " + ClassSizes.WIDE)
        .isEmpty();
  }

  @Test
  void findsAFileThatIsTooLong() throws IOException {
    String line = "  // a line\n";

    assertThat(tooLarge("class A {\n" + line.repeat(298) + "}\n")).isEmpty();
    assertThat(tooLarge("class A {\n" + line.repeat(299) + "}\n"))
        .containsExactly("A.java has 301 lines");
    assertThat(
            tooLarge(
                "/**\n * A class that is long\n * because of its table.\n */\nclass A {\n"
                    + line.repeat(299)
                    + "}\n"))
        .isEmpty();
  }

  @Test
  void findsAClassWithTooManyFields() throws IOException {
    assertThat(tooLarge("class A { static int s; " + fields(12) + " }")).isEmpty();
    assertThat(tooLarge("class A { class B { " + fields(13) + " } }"))
        .containsExactly("B has 13 fields");
    assertThat(tooLarge("enum A { ONE, TWO; " + fields(13) + " }"))
        .containsExactly("A has 13 fields");
    assertThat(tooLarge("/** It has many fields because of this. */ class A {" + fields(13) + "}"))
        .isEmpty();
  }

  @Test
  void countsTheComponentsOfARecord() throws IOException {
    String components = fields(13).replace("; ", ", ");

    assertThat(tooLarge("record A(" + components.substring(0, components.length() - 2) + ") {}"))
        .containsExactly("A has 13 fields");
  }

  private static String fields(int number) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < number; i++) {
      fields.append("int f").append(i).append("; ");
    }
    return fields.toString();
  }

  private List<String> tooLarge(String source) throws IOException {
    Path file = Files.writeString(folder.resolve("A.java"), source);
    return ClassSizes.tooLarge(List.of(file));
  }
}
