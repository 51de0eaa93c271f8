/** An application of the client of NATS. */
package com.example.nats;
