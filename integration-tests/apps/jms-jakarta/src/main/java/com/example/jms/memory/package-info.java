/** A JMS provider that no library's own rules can know: queues in memory, behind the interfaces. */
package com.example.jms.memory;
