package org.springframework.kafka.listener.adapter;

/** As Spring's: asks whether it is time for a message before it calls the listener. */
public class KafkaBackoffAwareMessageListenerAdapter {}
