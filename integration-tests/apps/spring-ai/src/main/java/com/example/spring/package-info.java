/** Spring AI without Spring Boot; knows nothing of the agent. */
package com.example.spring;
