package com.example.agents;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;

/**
 * The agents of the warehouse: each of the first ones asks a model, each other one calls agents.
 */
final class Agents {
  private Agents() {}

  /** Asks a model. */
  public interface Clerk {
    /** Answers a question. */
    @Agent("Answers questions about items")
    @UserMessage("{{question}}")
    String answer(@V("question") String question);
  }

  /** Asks a model, and reads what another agent has said. */
  public interface Editor {
    /** Improves an answer. */
    @Agent("Improves an answer")
    @UserMessage("Improve this: {{draft}}")
    String improve(@V("draft") String draft);
  }

  /** Asks a model, and reads what two others have said. */
  public interface Referee {
    /** Compares two answers. */
    @Agent("Compares two answers")
    @UserMessage("Which is better, {{left}} or {{right}}?")
    String compare(@V("left") String left, @V("right") String right);
  }

  /** Asks a model that streams. */
  public interface Teller {
    /** Tells a story. */
    @Agent("Tells a story")
    @UserMessage("Tell me about the history of this warehouse. {{draft}}")
    TokenStream tell(@V("draft") String draft);
  }

  /** Calls several agents. */
  public interface Desk {
    /** Handles a question. */
    @Agent("Handles a question")
    String handle(@V("question") String question);
  }

  /** Calls several agents, the last of which streams. */
  public interface Library {
    /** Handles a question. */
    @Agent("Handles a question")
    TokenStream read(@V("question") String question);
  }
}
