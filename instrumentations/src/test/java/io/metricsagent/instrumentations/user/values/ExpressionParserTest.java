package io.metricsagent.instrumentations.user.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.metricsagent.instrumentations.user.values.Expression.Equal;
import io.metricsagent.instrumentations.user.values.Expression.Literal;
import io.metricsagent.instrumentations.user.values.Expression.Not;
import io.metricsagent.instrumentations.user.values.Expression.Path;
import io.metricsagent.instrumentations.user.values.Expression.Root;
import io.metricsagent.instrumentations.user.values.Expression.Step;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionParserTest {
  private static Expression parse(String text) throws ExpressionException {
    return ExpressionParser.parse(text);
  }

  private static Path path(Root root, Step... steps) {
    return new Path(root, 0, List.of(steps));
  }

  private static ExpressionException error(String text) {
    ExpressionException error =
        catchThrowableOfType(ExpressionException.class, () -> ExpressionParser.parse(text));
    assertThat(error).as(text).isNotNull();
    return error;
  }

  @Test
  void pathsBeginWithAnObjectOfTheCall() throws ExpressionException {
    assertThat(parse("this")).isEqualTo(path(Root.THIS));
    assertThat(parse("return")).isEqualTo(path(Root.RETURN));
    assertThat(parse("thrown")).isEqualTo(path(Root.THROWN));
    assertThat(parse(" message ")).isEqualTo(path(Root.MESSAGE));
    assertThat(parse("arg[2]")).isEqualTo(new Path(Root.ARGUMENT, 2, List.of()));
  }

  @Test
  void stepsAreMembersKeysAndElements() throws ExpressionException {
    assertThat(parse("arg[0].model.name()"))
        .isEqualTo(path(Root.ARGUMENT, new Step.Property("model"), new Step.Call("name")));
    assertThat(parse("return.raw[\"usage\"]['cached']"))
        .isEqualTo(
            path(
                Root.RETURN,
                new Step.Property("raw"),
                new Step.Key("usage"),
                new Step.Key("cached")));
    assertThat(parse("return[*].parts[3]"))
        .isEqualTo(
            path(Root.RETURN, new Step.Each(), new Step.Property("parts"), new Step.Index(3)));
    assertThat(parse("this.$ß_1.𝒳")) // letters of any language, outside of 16 bits too
        .isEqualTo(path(Root.THIS, new Step.Property("$ß_1"), new Step.Property("𝒳")));
    assertThat(parse("this['a\\'b\\\\c']")).isEqualTo(path(Root.THIS, new Step.Key("a'b\\c")));
  }

  @Test
  void comparisonsAreNegatedAsAWhole() throws ExpressionException {
    Path ok = path(Root.RETURN, new Step.Call("isOk"));
    assertThat(parse("not return.isOk()")).isEqualTo(new Not(ok));
    assertThat(parse("thrown.statusCode == 429"))
        .isEqualTo(
            new Equal(path(Root.THROWN, new Step.Property("statusCode")), new Literal(429L)));
    assertThat(parse("not return.isOk() == true"))
        .isEqualTo(new Not(new Equal(ok, new Literal(true))));
    assertThat(parse("return.isOk()==not this")).isEqualTo(new Equal(ok, new Not(path(Root.THIS))));
  }

  @Test
  void operandsAreLiteralsToo() throws ExpressionException {
    Path self = path(Root.THIS);
    assertThat(parse("this == FAILED")).isEqualTo(new Equal(self, new Literal("FAILED")));
    assertThat(parse("this == 'too many'")).isEqualTo(new Equal(self, new Literal("too many")));
    assertThat(parse("this == \"true\"")).isEqualTo(new Equal(self, new Literal("true")));
    assertThat(parse("this == null")).isEqualTo(new Equal(self, new Literal(null)));
    assertThat(parse("this == -1.5")).isEqualTo(new Equal(self, new Literal(-1.5)));
    assertThat(parse("12345678901234567890 == this"))
        .isEqualTo(new Equal(new Literal(1.2345678901234567e19), self));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt-4.1",
        "acme",
        "thisOne",
        "returns",
        "messages in a queue",
        "args",
        "argument 1",
        "thrown-away",
        "notary",
        "this-is-it",
        "1.0.0",
        "a b",
        "-",
        ".",
        "1.",
        "+1",
        "1e5",
        "ü",
        "acme.llm",
        "gpt-4.1-mini",
        "org.acme.Llm", // one letter from arg
        "rag.answers",
        "com.acme.Llm[chat]",
        "error 5. then",
        "response.",
        "this-is.it",
        "model.name",
        "e.g. acme",
        "thread.name",
        "region.eu"
      })
  void anythingElseIsAText(String text) throws ExpressionException {
    assertThat(parse(text)).isEqualTo(new Literal(text));
  }

  @Test
  void valuesOfJavaAreLiterals() throws ExpressionException {
    assertThat(parse("true")).isEqualTo(new Literal(true));
    assertThat(parse("false")).isEqualTo(new Literal(false));
    assertThat(parse("null")).isEqualTo(new Literal(null));
    assertThat(parse("42")).isEqualTo(new Literal(42L));
    assertThat(parse("-7")).isEqualTo(new Literal(-7L));
    assertThat(parse("2.50")).isEqualTo(new Literal(2.5));
    assertThat(parse("\"this\"")).isEqualTo(new Literal("this"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "arg                | 4  | write arg[0]",
        "arg.model          | 4  | write arg[0]",
        "arg[x]             | 4  | write its number",
        "arg[0              | 4  | write its number",
        "arg[255]           | 4  | a number up to 254",
        "arg[99999999999]   | 4  | a number up to 254",
        "this.              | 6  | after the dot",
        "this..name         | 6  | after the dot",
        "this.1             | 6  | after the dot",
        "this.name(1)       | 6  | write name()",
        "this.name(         | 6  | write name()",
        "this[name]         | 5  | a key between quotes",
        "this[-1]           | 5  | a number from 0",
        "this[1.5]          | 7  | write ] here",
        "this['a'           | 9  | write ] here",
        "this['a]           | 6  | has no end",
        "this['a\\b']       | 8  | write two for one",
        "this[1234567890]   | 5  | a smaller number",
        "this is my adapter | 6  | as in '\"this is my adapter\"'",
        "return.ok != true  | 11 | write not before the whole comparison",
        "return.ok = true   | 11 | write ==",
        "return.meta.usage.cache-read | 24 | write return.meta.usage[\"cache-read\"]",
        "not return.a-b-c.d == 5 | 13 | write not return[\"a-b-c\"].d == 5",
        "this.a -1          | 8  | does not belong to the expression",
        "return.n < 3       | 10 | only == and not are known",
        "this.a and this.b  | 8  | only == and not are known",
        "this.a?.b          | 7  | write . only",
        "this.a == this.b == this.c | 18 | only two values",
        "this ==            | 8  | a value is missing",
        "== this            | 1  | a value is missing",
        "not                | 4  | a value is missing",
        "not not this       | 5  | write neither or one",
        "!return.ok         | 1  | write not",
        "this == (1)        | 9  | is no path",
        "request.model()    | 1  | is no path, which begins with this, arg[N]",
        "``                 | 1  | there is no expression",
        "`   `              | 1  | there is no expression",
      })
  void aMistakeHasAPlaceAndAnAnswer(String text, int column, String answer) {
    ExpressionException error = error(text);
    assertThat(error).hasMessageContaining(answer);
    assertThat(error.column()).as(error.getMessage()).isEqualTo(column);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "args[0].once               | 1 | args     | arg[0].once",
        "Arg[1].once                | 1 | Arg      | arg[1].once",
        "args.once                  | 1 | args     | arg[0].once",
        "arg0.modelName             | 1 | arg0     | arg[0].modelName",
        "arg12.getName()            | 1 | arg12    | arg[12].getName()",
        "parameter.x                | 1 | parameter | arg[0].x",
        "response.model             | 1 | response | return.model",
        "result.text                | 1 | result   | return.text",
        "ret.x                      | 1 | ret      | return.x",
        "retrun.x                   | 1 | retrun   | return.x",
        "returns['x']               | 1 | returns  | return['x']",
        "self.name                  | 1 | self     | this.name",
        "thsi.name()                | 1 | thsi     | this.name()",
        "his.name                   | 1 | his      | this.name",
        "This.name                  | 1 | This     | this.name",
        "thiz.name                  | 1 | thiz     | this.name",
        "thiss.name                 | 1 | thiss    | this.name",
        "exception.code == 429      | 1 | exception | thrown.code",
        "throwable.code == 429      | 1 | throwable | thrown.code",
        "throw.code                 | 1 | throw    | thrown.code",
        "messages[0].id             | 1 | messages | message[0].id",
        "msg.id                     | 1 | msg      | message.id",
        "returned.finish == FILTERED | 1 | returned | return.finish",
        "not result.isOk()          | 5 | result   | return.isOk()",
        "FILTERED == returned.finish | 13 | returned | return.finish",
      })
  void aWrongFirstWordIsNoText(String text, int column, String word, String instead)
      throws ExpressionException {
    ExpressionException error = error(text);
    assertThat(error)
        .hasMessageStartingWith(
            word + " is none of the words that begin a path; write " + instead + ", or put quotes");
    assertThat(error.column()).isEqualTo(column);
    assertThat(parse("'" + word + ".x'")).isEqualTo(new Literal(word + ".x"));
  }

  @Test
  void longTextsAreRefused() throws ExpressionException {
    String longest = "x".repeat(ExpressionParser.MAX_LENGTH);
    assertThat(parse(longest)).isEqualTo(new Literal(longest));
    assertThat(error(longest + "x")).hasMessageContaining("at most 1000 characters");
    assertThat(error("this" + "[0]".repeat(33))).hasMessageContaining("at most 32 steps");
    assertThat(error("not ".repeat(200))).hasMessageContaining("write neither or one");
  }

  @Test
  void noTextBreaksTheParser() {
    String[] parts = {
      "this", "arg", "return", "thrown", "message", "[", "]", "*", ".", "(", ")", "\"", "'", "\\",
      "==", "=", "not", " ", "0", "254", "9999999999", "-", "name", "true", "null", "!", "<", "\t",
      "\n", "\u0000", "\u0001", "\u00ad", "\ud835", "\udcb3", "ß", "\u2028", "and ", "?."
    };
    Random random = new Random(17);
    int expressions = 0;
    int errors = 0;
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      try {
        assertThat(parse(text.toString())).isNotNull();
        expressions++;
      } catch (ExpressionException e) {
        assertThat(e.column()).isBetween(1, text.length() + 1);
        assertThat(e.getMessage()).contains("; ");
        errors++;
      }
    }
    assertThat(expressions).isGreaterThan(5_000);
    assertThat(errors).isGreaterThan(5_000);
  }
}
