/** Stand-ins for classes of Spring that the agent knows by their names. */
package org.springframework.amqp.rabbit.listener;
