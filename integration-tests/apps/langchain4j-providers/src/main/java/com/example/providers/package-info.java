/** LangChain4j over several providers. The application does not know the agent. */
package com.example.providers;
