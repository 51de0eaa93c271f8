/** Classes with the names that the JMS client above RabbitMQ's own client has, for tests. */
package com.rabbitmq.jms.client;
