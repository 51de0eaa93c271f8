/** Threads of an application; knows nothing of the agent. */
package com.example.threads;
