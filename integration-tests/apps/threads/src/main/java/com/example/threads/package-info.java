/** Threads for the applications, which do not know the agent. */
package com.example.threads;
