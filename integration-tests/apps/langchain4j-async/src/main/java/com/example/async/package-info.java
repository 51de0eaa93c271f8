/** Models that return futures and publishers. The application does not know the agent. */
package com.example.async;
