package com.example.springkafka;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.util.backoff.FixedBackOff;

/** Listeners that fail with single messages. */
final class Retries {
  private final Cluster cluster;
  private final String topic;

  Retries(Cluster cluster, String topic) {
    this.cluster = cluster;
    this.topic = topic;
  }

  static String deadTopic(String topic) {
    return topic + ".dead";
  }

  /** Returns a listener that fails with a message so many times. */
  private static MessageListener<String, String> failing(
      String value, int times, CountDownLatch done) {
    AtomicInteger failures = new AtomicInteger();
    return message -> {
      done.countDown();
      if (message.value().equals(value) && failures.incrementAndGet() <= times) {
        throw new IllegalStateException("not " + value);
      }
    };
  }

  /** Publishes to the topic of dead letters. */
  static DeadLetterPublishingRecoverer publisher(Cluster cluster) {
    return new DeadLetterPublishingRecoverer(
        cluster.template(), (message, cause) -> new TopicPartition(deadTopic(message.topic()), 0));
  }

  private void run(
      MessageListener<String, String> listener,
      CountDownLatch done,
      ConsumerRecordRecoverer recoverer,
      int retries,
      boolean seeks)
      throws InterruptedException {
    ConcurrentMessageListenerContainer<String, String> container =
        cluster.container(topic, listener);
    DefaultErrorHandler handler = new DefaultErrorHandler(recoverer, new FixedBackOff(10, retries));
    handler.setSeekAfterError(seeks);
    container.setCommonErrorHandler(handler);
    Cluster.run(container, done);
  }

  /** Takes the only message of the topic of dead letters. */
  static void takeDead(Cluster cluster, String from, int messages) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(messages);
    MessageListener<String, String> listener = message -> done.countDown();
    Cluster.run(cluster.container(deadTopic(from), listener), done);
  }

  /** Five messages, at the second of which the listener fails twice. */
  void retried(boolean seeks) throws Exception {
    CountDownLatch done = new CountDownLatch(7);
    cluster.topicWith(topic, 1, 5);
    run(failing("m1", 2, done), done, null, 5, seeks);
  }

  /** Three messages, the second of which fails three times and is published as a dead letter. */
  void dead(boolean seeks) throws Exception {
    CountDownLatch done = new CountDownLatch(5);
    cluster.topic(deadTopic(topic), 1);
    cluster.topicWith(topic, 1, 3);
    run(failing("m1", 3, done), done, publisher(cluster), 2, seeks);
    takeDead(cluster, topic, 1);
  }

  /**
   * A message that fails twice, and whose dead letter cannot be published; then the same again, and
   * it is published.
   */
  void deadAtSecondTry() throws Exception {
    CountDownLatch done = new CountDownLatch(4);
    cluster.topic(deadTopic(topic), 1);
    cluster.topicWith(topic, 1, 1);
    AtomicInteger tries = new AtomicInteger();
    DefaultKafkaProducerFactory<String, String> impatient =
        cluster.producers("max.block.ms", 500); // for the topic that does not exist
    DeadLetterPublishingRecoverer recoverer =
        new DeadLetterPublishingRecoverer(
            new KafkaTemplate<>(impatient),
            (message, cause) ->
                new TopicPartition(
                    tries.incrementAndGet() == 1 ? "no-such-topic" : deadTopic(topic), -1));
    run(failing("m0", 4, done), done, recoverer, 1, true);
    impatient.destroy();
    takeDead(cluster, topic, 1);
  }

  /** Two messages, the first of which fails twice and is only logged. */
  void dropped() throws Exception {
    CountDownLatch done = new CountDownLatch(3);
    cluster.topicWith(topic, 1, 2);
    run(failing("m0", 2, done), done, null, 1, true);
  }

  /** Three messages, the second of which cannot be deserialised. */
  void unreadable() throws Exception {
    CountDownLatch done = new CountDownLatch(2);
    CountDownLatch recovered = new CountDownLatch(1);
    cluster.topicWith(topic, 1, 3);
    Map<String, Object> settings = new HashMap<>(cluster.consumers().getConfigurationProperties());
    ContainerProperties properties = new ContainerProperties(topic);
    properties.setGroupId(topic);
    properties.setMessageListener((MessageListener<String, String>) message -> done.countDown());
    ConcurrentMessageListenerContainer<String, String> container =
        new ConcurrentMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(
                settings,
                new StringDeserializer(),
                new ErrorHandlingDeserializer<>(
                    (name, bytes) -> {
                      String text = new String(bytes, StandardCharsets.UTF_8);
                      if (text.equals("m1")) {
                        throw new IllegalArgumentException("not a message");
                      }
                      return text;
                    })),
            properties);
    container.setCommonErrorHandler(
        new DefaultErrorHandler((message, cause) -> recovered.countDown()));
    container.start();
    Cluster.await(recovered);
    Cluster.await(done);
    container.stop();
  }

  /**
   * Three messages in transactions: the second one fails twice, and is published as a dead letter.
   */
  void rolledBack() throws Exception {
    CountDownLatch done = new CountDownLatch(4);
    cluster.topic(deadTopic(topic), 1);
    cluster.topicWith(topic, 1, 3);
    DefaultKafkaProducerFactory<String, String> producers = cluster.producers();
    producers.setTransactionIdPrefix(topic);
    KafkaTemplate<String, String> template = new KafkaTemplate<>(producers);
    ConcurrentMessageListenerContainer<String, String> container =
        cluster.container(topic, failing("m1", 2, done));
    container
        .getContainerProperties()
        .setKafkaAwareTransactionManager(new KafkaTransactionManager<>(producers));
    container.setAfterRollbackProcessor(
        new DefaultAfterRollbackProcessor<>(
            new DeadLetterPublishingRecoverer(
                template, (message, cause) -> new TopicPartition(deadTopic(message.topic()), 0)),
            new FixedBackOff(10, 1),
            template,
            true));
    Cluster.run(container, done);
    producers.destroy();
  }

  /** Two messages for a consumer without a group, the first of which becomes a dead letter. */
  void withoutGroup() throws Exception {
    CountDownLatch done = new CountDownLatch(2);
    cluster.topic(deadTopic(topic), 1);
    cluster.topicWith(topic, 1, 2);
    ContainerProperties properties =
        new ContainerProperties(new TopicPartitionOffset(topic, 0, 0L));
    properties.setMessageListener(failing("m0", 1, done));
    ConcurrentMessageListenerContainer<String, String> container =
        new ConcurrentMessageListenerContainer<>(cluster.consumers(), properties);
    container.setCommonErrorHandler(
        new DefaultErrorHandler(publisher(cluster), new FixedBackOff(0, 0)));
    Cluster.run(container, done);
  }
}
