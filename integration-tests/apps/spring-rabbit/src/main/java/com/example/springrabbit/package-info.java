/** An application of Spring AMQP. */
package com.example.springrabbit;
