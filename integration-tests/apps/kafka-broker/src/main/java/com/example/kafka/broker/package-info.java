/** A broker of Kafka for tests. */
package com.example.kafka.broker;
