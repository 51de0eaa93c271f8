/** Consumes messages as fast as a client can, to measure what an agent takes from it. */
package com.example.draining;
