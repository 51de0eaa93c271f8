package com.example.languages

import scala.concurrent.{Await, ExecutionContext, Future}
import scala.concurrent.duration.DurationInt

/** An adapter as a trait with code. */
trait ScalaLlm {
  def complete(prompt: String): String = prompt + "!"
}

/** Has the trait's code. */
class MixedLlm extends ScalaLlm

/** A case class, whose method may be overloaded and curried. */
case class ScalaTool(factor: Int) {
  def multiply(n: Int): Int = n * factor
  def scale(n: Int)(implicit by: Int): Int = n * by
}

/** A singleton, whose methods Java sees as static ones too. */
object ScalaObject {
  def ask(prompt: String): String = prompt
}

/** A type parameter, of which the compiler makes bridges. */
abstract class ScalaGeneric[A] {
  def apply(value: A): A
}

class ScalaStrings extends ScalaGeneric[String] {
  override def apply(value: String): String = value
}

/** An answer that comes later. */
class ScalaLater {
  def complete(prompt: String)(implicit executor: ExecutionContext): Future[String] =
    Future {
      if (prompt.isEmpty) throw new IllegalArgumentException("empty")
      prompt
    }
}

object ScalaCalls {
  def run(): Unit = {
    assert(new MixedLlm().complete("a") == "a!")
    assert(ScalaTool(2).multiply(3) == 6)
    implicit val by: Int = 3
    assert(ScalaTool(2).scale(2) == 6)
    assert(ScalaObject.ask("b") == "b")
    val generic: ScalaGeneric[String] = new ScalaStrings
    assert(generic("c") == "c")
    import ExecutionContext.Implicits.global
    assert(Await.result(new ScalaLater().complete("d"), 10.seconds) == "d")
    assert(Await.ready(new ScalaLater().complete(""), 10.seconds).value.get.isFailure)
  }
}
