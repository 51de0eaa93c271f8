package com.example.asking;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * {@code java -jar startup-chat.jar <base URL>}: asks one question, then obeys its standard input:
 * {@code load <threads> <seconds>} asks as fast as possible. Ends with its input.
 */
public final class AskingApp {
  private AskingApp() {}

  /** Runs the application; prints {@code ready}, then {@code answer}. */
  public static void main(String[] args) throws Exception {
    System.out.println("ready");
    ChatModel model =
        OpenAiChatModel.builder().baseUrl(args[0]).apiKey("none").modelName("gpt-4o-mini").build();
    Assistant assistant = AiServices.builder(Assistant.class).chatModel(model).build();
    System.out.println("answer " + assistant.answer("Who are you?"));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      System.out.println(
          Load.run(assistant, Integer.parseInt(words[1]), Integer.parseInt(words[2])));
    }
  }
}
