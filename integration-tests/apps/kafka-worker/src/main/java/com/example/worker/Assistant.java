package com.example.worker;

import dev.langchain4j.service.SystemMessage;

/** Answers the questions of customers. */
interface Assistant {
  @SystemMessage("You work in a warehouse. Be brief.")
  String answer(String question);
}
