package io.metricsagent.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is written is read as the same by a reader of YAML 1.1 and by one of YAML 1.2. */
class TaskYamlTest {
  private static final List<String> NASTY =
      List.of(
          "",
          " ",
          "~",
          "null",
          "yes",
          "No",
          "on",
          "y",
          "true",
          "1",
          "0x1F",
          "0o7",
          "010",
          "1_000",
          "1:30",
          "1e3",
          ".inf",
          ".NaN",
          "2024-01-15",
          "2024-01-15T10:30:00Z",
          "=",
          "<<",
          "- a",
          "a: b",
          "a #b",
          "# a",
          "!!python/object:os.system",
          "&a",
          "*a",
          "!tag",
          "%YAML 1.1",
          "@a",
          "`a`",
          "|",
          ">",
          "'",
          "\"",
          "\\",
          "\\x41",
          "---",
          "...",
          "[",
          "{",
          "{{ a }}",
          "? a",
          ":",
          ", ",
          "a\nb",
          "a\n",
          "\n",
          "\r\n",
          "\r",
          "\t",
          "a\tb",
          "  a",
          "a  ",
          "\u0000",
          "\u0007",
          "\u001b[31m",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u00ad",
          "\u2028",
          "\u2029",
          "\ufeff",
          "\ufffe",
          "\uffff",
          "\ud800",
          "\udc00",
          "\udc00\ud800",
          "\ud83d\ude00",
          "\udbff\udfff",
          "äöü漢字");

  private static Object yaml11(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(1000);
    return new Yaml(options).load(text);
  }

  private static Object yaml12(String text) {
    return new Load(LoadSettings.builder().build()).loadFromString(text);
  }

  /** Returns the objects that a reader of YAML makes of a tree. */
  private static Object expected(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(field -> map.put(field.getKey(), expected(field.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(item -> list.add(expected(item)));
      return list;
    }
    if (node.isIntegralNumber()) {
      BigInteger value = node.bigIntegerValue();
      return value.bitLength() < 32
          ? (Object) value.intValue()
          : value.bitLength() < 64 ? (Object) value.longValue() : value;
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return node.isBoolean() ? node.booleanValue() : node.isNull() ? null : node.stringValue();
  }

  private static void assertReadEqual(JsonNode tree) {
    String text = TaskYaml.text(tree);
    assertThat(yaml12(text)).as(text).isEqualTo(expected(tree));
    assertThat(yaml11(text)).as(text).isEqualTo(expected(tree));
  }

  @Example
  void nastyTextsAreReadEqualAsValuesAndAsNames() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    ArrayNode list = tree.putArray("list");
    for (String text : NASTY) {
      list.add(text);
      tree.put(text, text);
    }
    assertReadEqual(tree);
  }

  @Example
  void extremeNumbersAreReadEqual() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (double number :
        new double[] {0, -0.5, 1e16, 1e-7, 1.5e300, Double.MIN_VALUE, Double.MAX_VALUE, 0.1}) {
      list.add(number);
    }
    list.add(Long.MIN_VALUE);
    list.add(new BigInteger("9".repeat(400)));
    assertReadEqual(list);
  }

  @Example
  void aTextIsOneLineWhateverItsLength() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("prompt", "a word and ".repeat(1000));
    tree.put("n".repeat(2000), 1);
    assertReadEqual(tree);
    assertThat(TaskYaml.text(tree).lines().findFirst().orElseThrow()).hasSizeGreaterThan(11_000);
  }

  @Example
  void deepNestingIsReadEqual() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode inner = root;
    for (int i = 0; i < 40; i++) {
      inner = inner.putArray("a").addObject();
    }
    assertReadEqual(root);
  }

  @Property(tries = 500)
  void anyTextIsReadEqual(@ForAll String name, @ForAll String value) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put(name, value);
    tree.putArray("list").add(value).add(name);
    assertReadEqual(tree);
  }

  @Property(tries = 300)
  void anyTreeIsReadEqual(@ForAll("trees") JsonNode tree) {
    assertReadEqual(tree);
  }

  @Provide
  Arbitrary<JsonNode> trees() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    Arbitrary<JsonNode> leaf =
        Arbitraries.oneOf(
            Arbitraries.of(NASTY).map(nodes::stringNode),
            Arbitraries.strings().ofMaxLength(20).map(nodes::stringNode),
            Arbitraries.longs().map(nodes::numberNode),
            Arbitraries.doubles().map(nodes::numberNode),
            Arbitraries.of(true, false).map(nodes::booleanNode),
            Arbitraries.just(nodes.nullNode()));
    return Arbitraries.recursive(() -> leaf, TaskYamlTest::containers, 0, 4);
  }

  private static Arbitrary<JsonNode> containers(Arbitrary<JsonNode> items) {
    Arbitrary<JsonNode> arrays =
        items.list().ofMaxSize(4).map(list -> JsonNodeFactory.instance.arrayNode().addAll(list));
    Arbitrary<JsonNode> objects =
        Arbitraries.maps(
                Arbitraries.oneOf(Arbitraries.of(NASTY), Arbitraries.strings().ofMaxLength(10)),
                items)
            .ofMaxSize(4)
            .map(
                map -> {
                  ObjectNode object = JsonNodeFactory.instance.objectNode();
                  map.forEach(object::set);
                  return object;
                });
    return Arbitraries.oneOf(arrays, objects);
  }
}
