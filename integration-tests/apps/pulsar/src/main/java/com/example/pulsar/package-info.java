/** An application of Pulsar that does not know the agent. */
package com.example.pulsar;
