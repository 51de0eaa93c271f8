package com.example.springintegration;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.annotation.Poller;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.integration.channel.PriorityChannel;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.channel.RendezvousChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.store.MessageGroupQueue;
import org.springframework.integration.store.SimpleMessageStore;

/** The channels; each has the name of its scenario. */
@Configuration
@EnableIntegration
public class Channels {
  static final int POLLED = 4;
  static final CountDownLatch HANDLED = new CountDownLatch(POLLED);

  @Bean
  QueueChannel orders() {
    return new QueueChannel();
  }

  @Bean
  QueueChannel waiting() {
    return new QueueChannel(10);
  }

  @Bean
  QueueChannel full() {
    return new QueueChannel(2);
  }

  @Bean
  QueueChannel bulk() {
    return new QueueChannel(1000);
  }

  @Bean
  QueueChannel purged() {
    return new QueueChannel();
  }

  @Bean
  PriorityChannel priority() {
    return new PriorityChannel();
  }

  @Bean
  RendezvousChannel rendezvous() {
    return new RendezvousChannel();
  }

  @Bean
  QueueChannel stored() {
    return new QueueChannel(new MessageGroupQueue(new SimpleMessageStore(), "stored"));
  }

  @Bean
  QueueChannel linked() {
    return new QueueChannel(new ConcurrentLinkedQueue<>());
  }

  @Bean
  QueueChannel polled() {
    return new QueueChannel();
  }

  @ServiceActivator(inputChannel = "polled", poller = @Poller(fixedDelay = "10"))
  void handle(String text) {
    HANDLED.countDown();
  }
}
