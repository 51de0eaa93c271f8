package com.example.worker;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * {@code java -jar kafka-worker.jar <base URL> <servers>}: six questions are sent, a worker answers
 * them with a model, and the first answers are read. Prints the same on each run.
 */
public final class WorkerApp {
  private static final List<String> QUESTIONS =
      List.of(
          "Where are the bolts?",
          "Where are the nuts?",
          "",
          "Do you sell screws? [throttle once]",
          "When do you open?",
          "Thank you!");
  private static final Duration SOON = Duration.ofMillis(200);
  private static final int ANSWERS_READ = 2;

  private final Topics topics;
  private final Assistant assistant;

  private WorkerApp(Topics topics, Assistant assistant) {
    this.topics = topics;
    this.assistant = assistant;
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      System.err.println("usage: java -jar kafka-worker.jar <base URL> <servers>");
      System.exit(2);
    }
    ChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(args[0])
            .apiKey("none")
            .modelName("gpt-4o-mini")
            .maxRetries(2)
            .build();
    Assistant assistant = AiServices.builder(Assistant.class).chatModel(model).build();
    WorkerApp app = new WorkerApp(new Topics(args[1]), assistant);
    app.topics.create();
    app.ask();
    app.work();
    app.read();
  }

  private void ask() {
    try (KafkaProducer<String, String> producer = topics.producer()) {
      for (int i = 0; i < QUESTIONS.size(); i++) {
        producer.send(new ProducerRecord<>(Topics.QUESTIONS, "" + (i + 1), QUESTIONS.get(i)));
      }
    }
  }

  private void work() {
    try (KafkaShareConsumer<String, String> worker = topics.worker();
        KafkaProducer<String, String> answers = topics.producer()) {
      int open = QUESTIONS.size();
      while (open > 0) {
        for (ConsumerRecord<String, String> question : worker.poll(SOON)) {
          AcknowledgeType outcome = process(question, answers);
          worker.acknowledge(question, outcome);
          if (outcome != AcknowledgeType.RELEASE) {
            open--;
          }
        }
        worker.commitSync();
      }
    }
  }

  private AcknowledgeType process(
      ConsumerRecord<String, String> question, KafkaProducer<String, String> answers) {
    int delivery = question.deliveryCount().orElse((short) 1);
    String what = "question " + question.key() + ", delivery " + delivery + ": ";
    if (question.value().isEmpty()) {
      System.out.println(what + "empty, rejected");
      return AcknowledgeType.REJECT;
    }
    if (question.key().equals("2") && delivery == 1) {
      System.out.println(what + "given back");
      return AcknowledgeType.RELEASE;
    }
    String answer = assistant.answer(question.value());
    answers.send(new ProducerRecord<>(Topics.ANSWERS, question.key(), answer));
    System.out.println(what + answer);
    return AcknowledgeType.ACCEPT;
  }

  /** Reads the first answers and leaves the others. */
  private void read() {
    try (KafkaConsumer<String, String> reader = topics.reader()) {
      int read = 0;
      while (read < ANSWERS_READ) {
        for (ConsumerRecord<String, String> answer : reader.poll(SOON)) {
          System.out.println("answer to question " + answer.key());
          read++;
        }
        reader.commitSync();
      }
    }
  }
}
