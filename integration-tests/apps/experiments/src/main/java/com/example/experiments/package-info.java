/** An application that tries two prompts on its users, and says of each request which one it is. */
package com.example.experiments;
