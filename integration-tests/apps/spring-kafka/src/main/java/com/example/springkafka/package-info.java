/** An application of Spring for Apache Kafka. */
package com.example.springkafka;
