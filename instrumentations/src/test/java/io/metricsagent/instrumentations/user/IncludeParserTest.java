package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.rules.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncludeParserTest {
  @Test
  void severalTypesMayHaveSeveralMethodsEach() {
    IncludeParser parsed =
        IncludeParser.parse(" com.acme.Llm[complete, stream] ; com.acme.Outer$Inner[call];");

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.entries())
        .extracting(entry -> entry.type() + entry.methods())
        .containsExactly("com.acme.Llm[complete, stream]", "com.acme.Outer$Inner[call]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.acme.Llm                | is not of the form",
        "com.acme.Llm[               | is not of the form",
        "[call]                      | is not of the form",
        "com..Llm[call]              | is not the full name",
        "java.util.List[add]         | belongs to the JDK",
        "com.acme.Llm[call(String)]  | is not the name of a method",
        "com.acme.Llm[]              | is not the name of a method",
        "com.acme.A[x,y],com.acme.B[z] | separate classes by ;",
      })
  void invalidPartsAreReportedAndTheRestIsUsed(String part, String problem) {
    IncludeParser parsed = IncludeParser.parse(part + ";com.acme.Good[call]");

    assertThat(parsed.problems()).singleElement().asString().contains(problem);
    assertThat(parsed.entries())
        .extracting(IncludeParser.Entry::type)
        .containsExactly("com.acme.Good");
  }

  @Test
  void aMailboxMethodWithoutAClearMeaningAsksForItsRole() {
    UserModule.Builder builder = new UserModule.Builder();

    assertThat(
            builder.include(
                TargetKind.MAILBOX, "com.acme.Box[frobnicate,poll=nonsense,get=receive]"))
        .hasSize(2)
        .allMatch(problem -> problem.contains("=ROLE"));
    assertThat(builder.build().rules()).extracting(Rule::type).containsOnly("com.acme.Box");
  }
}
