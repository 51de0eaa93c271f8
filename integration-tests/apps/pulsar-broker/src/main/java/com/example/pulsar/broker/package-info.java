/** A broker of Pulsar for tests. */
package com.example.pulsar.broker;
