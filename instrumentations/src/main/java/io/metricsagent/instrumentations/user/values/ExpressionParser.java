package io.metricsagent.instrumentations.user.values;

import io.metricsagent.instrumentations.user.values.Expression.Root;
import io.metricsagent.instrumentations.user.values.Expression.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes an {@link Expression} of a text. Not thread-safe; {@link #parse} is.
 *
 * <pre>
 * text       = comparison | any other text, which is a literal
 * comparison = ["not"] operand ["==" ["not"] operand]
 * operand    = path | "text" | 'text' | number | true | false | null | word
 * path       = (this | arg[N] | return | thrown | message) {step}
 * step       = .name | .name() | ["key"] | [N] | [*]
 * </pre>
 *
 * <p>{@code not} is about the whole comparison. Each character is looked at a few times at most,
 * and no method calls itself, so a hostile text costs no more than its length.
 */
public final class ExpressionParser {
  /** In characters; no path that people write comes near it. */
  static final int MAX_LENGTH = 1000;

  /** Methods of Java have at most 255 parameters. */
  private static final int MAX_ARGUMENT = 254;

  private static final int MAX_STEPS = 32;
  private static final String ROOTS = "this, arg[N], return, thrown or message";
  private static final String QUOTE = "; put a text between quotes, as in '\"a text\"'";

  private final String whole;
  private final ExpressionText text;

  /** Where the last step by a name begins. */
  private int member;

  private ExpressionParser(String whole) {
    this.whole = whole;
    text = new ExpressionText(whole);
  }

  /**
   * Returns the expression that a text is. Numbers are {@link Long} or {@link Double}.
   *
   * @throws ExpressionException if the text begins as a path or a comparison and is none, or if it
   *     is empty or too long
   */
  public static Expression parse(String text) throws ExpressionException {
    if (text.length() > MAX_LENGTH) {
      throw new ExpressionException(
          1, "an expression has at most " + MAX_LENGTH + " characters; write a shorter one");
    }
    return new ExpressionParser(text).parse();
  }

  private Expression parse() throws ExpressionException {
    text.skipBlanks();
    if (text.isAtEnd()) {
      throw text.error(0, "there is no expression; write a path or a text, or leave the key out");
    }
    int start = text.at();
    boolean not = not();
    if (!not && isPlain()) {
      return plain();
    }
    Expression result = operand();
    text.skipBlanks();
    if (text.skip("==")) {
      text.skipBlanks();
      boolean notRight = not();
      Expression right = operand();
      result = new Expression.Equal(result, notRight ? new Expression.Not(right) : right);
      text.skipBlanks();
    }
    if (!text.isAtEnd()) {
      throw unexpected(start);
    }
    return not ? new Expression.Not(result) : result;
  }

  /** Skips {@code not}, and returns whether it is there. */
  private boolean not() throws ExpressionException {
    if (!text.comes("not", "")) {
      return false;
    }
    text.skip("not");
    text.skipBlanks();
    if (text.comes("not", "")) {
      throw text.error(text.at(), "a second not undoes the first one; write neither or one");
    }
    return true;
  }

  /** Returns whether the text is a literal as a whole, because nothing in it has a meaning. */
  private boolean isPlain() {
    return !isPath() && text.next() != '"' && text.next() != '\'' && !whole.contains("==");
  }

  private Expression plain() throws ExpressionException {
    int start = text.at();
    String plain = whole.trim();
    if (plain.charAt(0) == '!') {
      throw text.error(start, "there is no !; write not" + QUOTE);
    }
    refuse(FirstWords.mistake(plain), start);
    int call = whole.indexOf("()");
    if (call >= 0) {
      throw text.error(start, plain + " is no path, which begins with " + ROOTS + QUOTE);
    }
    return new Expression.Literal(Literals.of(plain));
  }

  private Expression operand() throws ExpressionException {
    if (isPath()) {
      return path();
    }
    int start = text.at();
    if (text.next() == '"' || text.next() == '\'') {
      return new Expression.Literal(text.quoted());
    }
    String word = text.word();
    if (word.isEmpty()) {
      throw text.error(
          start, "a value is missing here; write a path, a number, true, false or a text");
    }
    refuse(FirstWords.mistake(word), start);
    for (int i = 0; i < word.length(); i++) {
      if ("()[]!=<>&|\"'".indexOf(word.charAt(i)) >= 0) {
        throw text.error(start, word + " is no path, which begins with " + ROOTS + QUOTE);
      }
    }
    return new Expression.Literal(Literals.of(word));
  }

  private void refuse(String mistake, int place) throws ExpressionException {
    if (mistake != null) {
      throw text.error(place, mistake);
    }
  }

  private boolean isPath() {
    return text.comes("arg", ".[")
        || text.comes("this", ".[")
        || text.comes("return", ".[")
        || text.comes("thrown", ".[")
        || text.comes("message", ".[");
  }

  private Expression path() throws ExpressionException {
    int argument = 0;
    Root root;
    if (text.skip("arg")) {
      root = Root.ARGUMENT;
      argument = argument();
    } else if (text.skip("this")) {
      root = Root.THIS;
    } else if (text.skip("return")) {
      root = Root.RETURN;
    } else if (text.skip("thrown")) {
      root = Root.THROWN;
    } else {
      text.skip("message");
      root = Root.MESSAGE;
    }
    List<Step> steps = new ArrayList<>();
    while (text.next() == '.' || text.next() == '[') {
      if (steps.size() == MAX_STEPS) {
        throw text.error(
            text.at(), "a path has at most " + MAX_STEPS + " steps; write a shorter one");
      }
      steps.add(text.next() == '.' ? member() : element());
    }
    return new Expression.Path(root, argument, steps);
  }

  /** Reads the number of an argument between brackets. */
  private int argument() throws ExpressionException {
    int start = text.at();
    if (!text.skip("[")) {
      throw text.error(start, "which argument is meant; write arg[0] for the first one" + QUOTE);
    }
    String digits = text.digits();
    if (digits.isEmpty() || !text.skip("]")) {
      throw text.error(start, "which argument is meant; write its number from 0, as in arg[0]");
    }
    if (digits.length() > 3 || Integer.parseInt(digits) > MAX_ARGUMENT) {
      throw text.error(
          start, "no method has so many arguments; write a number up to " + MAX_ARGUMENT);
    }
    return Integer.parseInt(digits);
  }

  private Step member() throws ExpressionException {
    int start = text.at();
    member = start;
    text.skip(".");
    String name = text.identifier();
    if (name.isEmpty()) {
      throw text.error(
          text.at(),
          "the name of a method, a field or an entry is missing; write it after the dot");
    }
    if (!text.skip("(")) {
      return new Step.Property(name);
    }
    text.skipBlanks();
    if (!text.skip(")")) {
      throw text.error(
          start + 1, "only methods without arguments are called; write " + name + "()");
    }
    return new Step.Call(name);
  }

  private Step element() throws ExpressionException {
    int start = text.at();
    text.skip("[");
    Step step;
    if (text.skip("*")) {
      step = new Step.Each();
    } else if (text.next() == '"' || text.next() == '\'') {
      step = new Step.Key(text.quoted());
    } else {
      String digits = text.digits();
      if (digits.isEmpty()) {
        throw text.error(
            start,
            "no element is meant; write a number from 0, a key between quotes or * in the"
                + " brackets");
      }
      if (digits.length() > 9) {
        throw text.error(start, "no list has so many elements; write a smaller number");
      }
      step = new Step.Index(Integer.parseInt(digits));
    }
    if (!text.skip("]")) {
      throw text.error(text.at(), "a bracket is not closed; write ] here");
    }
    return step;
  }

  /** Returns the error for what follows a whole expression. */
  private ExpressionException unexpected(int start) {
    int place = text.at();
    String rest = text.rest();
    String instead;
    if (rest.startsWith("-") && member > 0 && isNamePart(whole.charAt(place - 1))) {
      instead = "a name with - stands between quotes; write " + withKey(start);
    } else if (rest.startsWith("!=")) {
      instead = "there is no !=; write not before the whole comparison, and == here";
    } else if (rest.startsWith("==")) {
      instead = "only two values are compared; leave the third one out";
    } else if (rest.startsWith("=") || rest.startsWith("eq ")) {
      instead = "= has no meaning; write == to compare two values";
    } else if (rest.startsWith("?.")) {
      instead = "what is null has no value anyway; write . only";
    } else if (rest.startsWith("(")) {
      instead = "only a method has parentheses, as in this.name(); leave them out";
    } else if (rest.startsWith("<")
        || rest.startsWith(">")
        || rest.startsWith("&")
        || rest.startsWith("|")
        || rest.startsWith("and ")
        || rest.startsWith("or ")) {
      instead = "only == and not are known; write a method of yours that returns the value";
    } else {
      instead = "\"" + rest + "\" does not belong to the expression; leave it out";
      if (!whole.contains("==")) {
        instead +=
            ", or put quotes around a text, as in '\"" + whole.substring(start).trim() + "\"'";
      }
    }
    return text.error(place, instead);
  }

  private static boolean isNamePart(char c) {
    return Character.isJavaIdentifierPart(c);
  }

  /** Returns the whole text with the last name as the key of a map. */
  private String withKey(int start) {
    int end = text.at();
    while (end < whole.length() && (isNamePart(whole.charAt(end)) || whole.charAt(end) == '-')) {
      end++;
    }
    return whole.substring(start, member)
        + "[\""
        + whole.substring(member + 1, end)
        + "\"]"
        + whole.substring(end).trim();
  }
}
