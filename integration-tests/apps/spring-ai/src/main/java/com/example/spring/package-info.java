/** Spring AI without Spring Boot. The application does not know the agent. */
package com.example.spring;
