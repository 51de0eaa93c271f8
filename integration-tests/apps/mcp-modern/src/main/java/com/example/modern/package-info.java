/** A server of tools and clients that call them. The application does not know the agent. */
package com.example.modern;
