/** An application that passes messages through the queues of Spring Integration. */
package com.example.springintegration;
