/** An application of RabbitMQ's client. */
package com.example.rabbitmq;
