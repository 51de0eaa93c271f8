/** Quarkus' executor of tools; knows nothing of the agent. */
package com.example.quarkus;
