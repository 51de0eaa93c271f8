/** Consumers of Kafka, one scenario for each topic. */
package com.example.kafka;
