package com.example.warehouse;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;

/** Answers questions about the warehouse. */
interface Assistant {
  @SystemMessage("You work in a warehouse. Be brief.")
  String answer(String question);

  /** Streams the answers. */
  interface Live {
    @SystemMessage("You work in a warehouse. Be brief.")
    TokenStream answer(String question);
  }
}
