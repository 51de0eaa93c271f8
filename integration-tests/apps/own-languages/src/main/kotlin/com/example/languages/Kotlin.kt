package com.example.languages

import kotlin.coroutines.resume
import kotlin.coroutines.suspendCoroutine
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield

/** An adapter whose functions suspend. */
class KotlinLlm {
  /** Is suspended several times. */
  suspend fun complete(prompt: String): String {
    yield()
    delay(1)
    return withContext(Dispatchers.Default) { "$prompt!" }
  }

  /** Fails after it was suspended. */
  suspend fun fail(prompt: String): String {
    delay(1)
    throw IllegalStateException(prompt)
  }

  /** Has no state of its own: the compiler passes the caller's continuation on. */
  suspend fun passOn(prompt: String): String = suspendCoroutine { continuation ->
    Thread { continuation.resume(prompt) }.start()
  }

  /** Returns without being suspended. */
  suspend fun known(prompt: String): String = prompt

  /** Calls itself. */
  suspend fun count(n: Int): Int {
    yield()
    return if (n == 0) 0 else 1 + count(n - 1)
  }

  /** Is cancelled. */
  suspend fun forever(prompt: String): String {
    delay(1)
    awaitCancellation()
  }

  /** Publishes an answer in pieces. */
  fun stream(prompt: String): Flow<String> = flow {
    emit("a")
    delay(1)
    emit("b")
    if (prompt.isEmpty()) {
      throw IllegalArgumentException("empty")
    }
  }

  /** Never ends by itself. */
  fun state(): StateFlow<String> = MutableStateFlow("idle")
}

/** An adapter whose function may be overridden, which the compiler makes in another way. */
open class OpenKotlinLlm {
  /** Is suspended. */
  open suspend fun complete(prompt: String): String {
    delay(1)
    yield()
    return prompt
  }
}

/** A tool that suspends, and takes a default. */
object KotlinTool {
  /** Adds. */
  suspend fun add(a: Int, b: Int = 2): Int {
    delay(1)
    return a + b
  }

  /** A plain function. */
  @JvmStatic fun subtract(a: Int, b: Int): Int = a - b
}

/** A data class. */
data class KotlinPrompt(val text: String) {
  /** Renders. */
  fun ask(): String = text
}

/** A function outside of all classes. */
suspend fun topLevel(prompt: String): String {
  delay(1)
  return prompt
}

/** Calls what a Kotlin application calls. */
object KotlinCalls {
  @JvmStatic
  fun run() {
    val llm = KotlinLlm()
    runBlocking {
      check(llm.complete("a") == "a!")
      check(llm.complete("b") == "b!")
      try {
        llm.fail("no")
        error("did not fail")
      } catch (e: IllegalStateException) {
        check(e.message == "no")
      }
      val thread = Thread.currentThread()
      check(llm.passOn("c") == "c")
      check(Thread.currentThread() === thread) { "resumed on another thread" }
      check(llm.known("d") == "d")
      check(llm.count(2) == 2)
      val job = launch(start = CoroutineStart.UNDISPATCHED) { llm.forever("e") }
      delay(10)
      job.cancel()
      job.join()
      check(llm.stream("f").toList() == listOf("a", "b"))
      check(llm.stream("g").flowOn(Dispatchers.Default).toList() == listOf("a", "b"))
      check(llm.stream("h").take(1).toList() == listOf("a"))
      try {
        llm.stream("").toList()
        error("did not fail")
      } catch (e: IllegalArgumentException) {
        check(e.message == "empty")
      }
      llm.stream("nobody collects this one")
      check(llm.state().value == "idle")
      check(OpenKotlinLlm().complete("i") == "i")
      check(KotlinTool.add(1) == 3)
      check(KotlinTool.add(1, 1) == 2)
      check(KotlinTool.subtract(3, 1) == 2)
      check(KotlinPrompt("j").ask() == "j")
      check(topLevel("k") == "k")
    }
  }
}
