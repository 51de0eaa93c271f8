/** Adapters and tools in Kotlin with coroutines, in Scala and in Groovy. */
package com.example.languages;
