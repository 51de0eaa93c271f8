package com.example.desk;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A help desk: {@code GET /ask} asks a model. */
@SpringBootApplication
@RestController
public class DeskApp {
  private final ChatClient chat;

  DeskApp(ChatClient.Builder builder) {
    chat = builder.build();
  }

  /** Starts the application; prints {@code ready} and the port when it serves. */
  public static void main(String[] args) {
    SpringApplication.run(DeskApp.class, args);
  }

  /** Asks a model and returns its answer. */
  @GetMapping("/ask")
  public String ask() {
    return chat.prompt().user("Who are you?").call().content();
  }

  /** Prints that the application serves. */
  @EventListener
  public void ready(ApplicationReadyEvent event) {
    WebServerApplicationContext context =
        (WebServerApplicationContext) event.getApplicationContext();
    System.out.println("ready " + context.getWebServer().getPort());
  }
}
