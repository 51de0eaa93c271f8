package io.metricsagent.agent.sessions.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.events.StreamedContent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Texts in objects of a library that is made up; integration tests read those of real ones. */
class LibraryTextsTest {
  private static final String HERE = LibraryTextsTest.class.getName() + '$';

  /** What a library's request has. */
  public record Request(List<Message> messages) {}

  /** What one side said. */
  public record Message(String role, List<Part> parts) {}

  /** A part of a message: a text, or something else. */
  public record Part(Optional<String> text) {}

  /** What a library's answer has. */
  public static class Answer {
    private final Message message;

    Answer(Message message) {
      this.message = message;
    }

    /** Returns the answer's message. */
    public Message message() {
      return message;
    }
  }

  /** A class of the library's that users do not see. */
  private static final class HiddenAnswer extends Answer {
    HiddenAnswer(Message message) {
      super(message);
    }
  }

  /** An object whose getter does something. */
  public static final class Lazy {
    private boolean asked;

    /** Asks a model. */
    public String text() {
      asked = true;
      return "asked";
    }
  }

  private final LibraryTexts texts =
      new LibraryTexts()
          .holder(HERE + "Request", "messages()")
          .message(HERE + "Message", "role()", "parts().text()")
          .holder(HERE + "Answer", "message().nothing()", "message().parts().text()");

  private static Message message(String role, String... said) {
    return new Message(
        role, List.of(said).stream().map(text -> new Part(Optional.of(text))).toList());
  }

  @Test
  void thePromptIsTheLastMessageOfTheUserThatHasAText() {
    Message withoutText = new Message("user", List.of(new Part(Optional.empty())));
    Request request =
        new Request(
            List.of(
                message("system", "be brief"),
                message("user", "first"),
                message("USER", "second", "part"),
                message("assistant", "an answer"),
                withoutText));

    assertThat(texts.of(request)).isEqualTo("second\npart");
    assertThat(texts.of(request.messages())).isEqualTo("second\npart");
    assertThat(texts.of(new Request(List.of(message("system", "be brief"))))).isNull();
  }

  @Test
  void anAnswerHasAllItsTextsAlsoThoseOfAClassThatIsNotPublic() {
    assertThat(texts.of(new HiddenAnswer(message("assistant", "a", "b")))).isEqualTo("a\nb");
    assertThat(texts.of(new HiddenAnswer(message("assistant")))).isNull();
    assertThat(texts.of(new HiddenAnswer(null))).isNull();
  }

  @Test
  void textsAndListsAndArraysOfThemNeedNoTable() {
    assertThat(texts.of("text")).isEqualTo("text");
    assertThat(texts.of(List.of("a", "b"))).isEqualTo("a\nb");
    assertThat(texts.of(new Object[] {"a", Optional.of("b")})).isEqualTo("a\nb");
    assertThat(texts.of(null)).isNull();
  }

  /** A getter of the library's may ask a model or block. */
  @Test
  void noMethodOfAnUnknownObjectIsCalled() {
    Lazy lazy = new Lazy();

    assertThat(texts.of(lazy)).isNull();
    assertThat(texts.of(List.of(lazy))).isNull();
    assertThat(lazy.asked).isFalse();
    assertThat(texts.knows(lazy)).isFalse();
  }

  @Test
  void aListThatHoldsItselfHasAnEnd() {
    List<Object> list = new java.util.ArrayList<>();
    list.add(list);

    assertThat(texts.of(list)).isNull();
  }

  @Test
  void argumentsStayWhatTheyAre() {
    LibraryTexts arguments = new LibraryTexts().holder(HERE + "Arguments", "arguments()");

    assertThat(arguments.valueOf(new Arguments(Map.of("item", "bolts"))))
        .isEqualTo(Map.of("item", "bolts"));
  }

  @Test
  void aWayThatLeadsToNothingIsFollowedByTheNext() {
    LibraryTexts values = new LibraryTexts().holder(HERE + "Value", "asText()", "asList()");

    assertThat(values.valueOf(new Value(Optional.of("a"), null))).isEqualTo("a");
    assertThat(values.valueOf(new Value(Optional.empty(), List.of("a", "b"))))
        .isEqualTo(List.of("a", "b"));
    assertThat(values.valueOf(new Value(Optional.empty(), null))).isNull();
  }

  /** A value of one of several types. */
  public record Value(Optional<String> asText, List<String> asList) {}

  /** A call with arguments. */
  public record Arguments(Map<String, String> arguments) {}

  @Test
  void thePiecesOfAStreamAreOneText() {
    StreamedContent answer = new StreamedContent();
    for (String piece : List.of("Two ", "", "words")) {
      answer.add(new Answer(new Message("assistant", List.of(new Part(Optional.of(piece))))));
    }
    answer.add(new Lazy());

    assertThat(texts.of(answer)).isEqualTo("Two words");
    assertThat(texts.of(new StreamedContent())).isNull();
  }

  @Test
  void aStreamHasALimit() {
    StreamedContent answer = new StreamedContent();
    for (int i = 0; i < 10_000; i++) {
      answer.add("x");
    }

    assertThat(texts.of(answer)).hasSize(8192);
  }
}
