/**
 * RabbitMQ's client for AMQP 0-9-1, and the containers and the recoverer of Spring AMQP above it.
 *
 * <p>Messages are settled by delivery tags, which a channel numbers itself. The tables here have
 * the tags that go over the wire: a channel that recovered offers the application others.
 */
package io.metricsagent.instrumentations.libraries.rabbitmq;
