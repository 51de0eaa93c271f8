package com.example.shop;

import dev.langchain4j.service.UserMessage;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.ToolBox;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers questions. Quarkus generates its class. */
@RegisterAiService
@ApplicationScoped
public interface Assistant {
  /** Answers without tools. */
  String answer(@UserMessage String question);

  /** Answers with the help of tools. */
  @ToolBox(Tools.class)
  String look(@UserMessage String question);

  /** Answers in pieces. */
  Multi<String> tell(@UserMessage String question);
}
