/** A JMS provider that no rule names: queues in memory behind the JMS interfaces. */
package com.example.jms.memory;
