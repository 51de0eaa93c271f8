package com.example.springkafka;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafkaRetryTopic;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.retrytopic.RetryTopicConfiguration;
import org.springframework.kafka.retrytopic.RetryTopicConfigurationBuilder;
import org.springframework.kafka.retrytopic.SameIntervalTopicReuseStrategy;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * A listener whose failed messages go to topics from where they are retried after a while: of three
 * messages, it takes the first one, the second one at its second attempt, and never the third one,
 * for which there are three attempts.
 */
final class RetryTopics {
  private static final long DELAY_MILLIS = 300;

  private final Cluster cluster;
  private final String topic;

  RetryTopics(Cluster cluster, String topic) {
    this.cluster = cluster;
    this.topic = topic;
  }

  /** What the context needs to know. */
  record Plan(Cluster cluster, RetryTopicConfiguration retries, CountDownLatch done, String topic) {
    /** Returns the topic, for the annotation of the listener. */
    public String getTopic() {
      return topic;
    }
  }

  private RetryTopicConfigurationBuilder retries() {
    return RetryTopicConfigurationBuilder.newInstance()
        .fixedBackOff(DELAY_MILLIS)
        .maxAttempts(3)
        .includeTopic(topic)
        .doNotAutoCreateRetryTopics();
  }

  /** A topic for each attempt, and one of dead letters. */
  void several() throws Exception {
    cluster.topic(topic + "-retry-0", 1);
    cluster.topic(topic + "-retry-1", 1);
    cluster.topic(topic + "-dlt", 1);
    play(
        retries()
            .sameIntervalTopicReuseStrategy(SameIntervalTopicReuseStrategy.MULTIPLE_TOPICS)
            .suffixTopicsWithIndexValues()
            .dltHandlerMethod("listener", "dead"),
        7);
  }

  /** One topic for all attempts, and one of dead letters. */
  void one() throws Exception {
    cluster.topic(topic + "-retry", 1);
    cluster.topic(topic + "-dlt", 1);
    play(retries().useSingleTopicForSameIntervals().dltHandlerMethod("listener", "dead"), 7);
  }

  /** One topic for all attempts, after which the message is dropped. */
  void dropped() throws Exception {
    cluster.topic(topic + "-retry", 1);
    play(retries().useSingleTopicForSameIntervals().doNotConfigureDlt(), 6);
  }

  private void play(RetryTopicConfigurationBuilder builder, int calls) throws Exception {
    cluster.topicWith(topic, 1, 3);
    KafkaTemplate<String, String> template = cluster.template();
    Plan plan = new Plan(cluster, builder.create(template), new CountDownLatch(calls), topic);
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      context.registerBean("plan", Plan.class, () -> plan);
      context.register(Context.class);
      context.refresh();
      Cluster.await(plan.done);
      context.getBean(KafkaListenerEndpointRegistry.class).stop();
    }
  }

  /** The listener and what Spring needs to call it. */
  @Configuration
  @EnableKafkaRetryTopic
  static class Context {
    @Bean
    ConcurrentKafkaListenerContainerFactory<String, String> kafkaListenerContainerFactory(
        Plan plan) {
      ConcurrentKafkaListenerContainerFactory<String, String> factory =
          new ConcurrentKafkaListenerContainerFactory<>();
      factory.setConsumerFactory(plan.cluster.consumers());
      factory.getContainerProperties().setPollTimeout(100);
      return factory;
    }

    @Bean
    RetryTopicConfiguration retries(Plan plan) {
      return plan.retries;
    }

    @Bean
    ThreadPoolTaskScheduler scheduler() {
      return new ThreadPoolTaskScheduler();
    }

    @Bean
    Listener listener(Plan plan) {
      return new Listener(plan.done);
    }
  }

  /** See the class. */
  static class Listener {
    private final CountDownLatch done;
    private final AtomicInteger seconds = new AtomicInteger();

    Listener(CountDownLatch done) {
      this.done = done;
    }

    /** Gets messages of all topics but that of dead letters. */
    @KafkaListener(topics = "#{plan.topic}", groupId = "#{plan.topic}")
    public void listen(String value) {
      done.countDown();
      if (value.equals("m2") || (value.equals("m1") && seconds.incrementAndGet() == 1)) {
        throw new IllegalStateException("not " + value);
      }
    }

    /** Gets what {@link #listen} never took. */
    public void dead(String value) {
      done.countDown();
    }
  }
}
