/** An application of actors; the application of Akka is generated from it. */
package com.example.pekko;
