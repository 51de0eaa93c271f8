/** Quarkus's executor of tools. The application does not know the agent. */
package com.example.quarkus;
