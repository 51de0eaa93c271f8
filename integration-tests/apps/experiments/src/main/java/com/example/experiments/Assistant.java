package com.example.experiments;

import dev.langchain4j.service.TokenStream;

/** Answers questions about the stock. */
interface Assistant {
  String answer(String question);

  /** Streams the answers. */
  interface Live {
    TokenStream answer(String question);
  }
}
