/** LangChain4j over several providers; knows nothing of the agent. */
package com.example.providers;
