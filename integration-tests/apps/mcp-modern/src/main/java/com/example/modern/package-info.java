/** A server of tools and clients that call them; knows nothing of the agent. */
package com.example.modern;
