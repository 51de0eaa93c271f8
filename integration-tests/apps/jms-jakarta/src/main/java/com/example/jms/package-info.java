/** Every way to settle a message. */
package com.example.jms;
