/** Models that answer by futures and publishers; knows nothing of the agent. */
package com.example.async;
