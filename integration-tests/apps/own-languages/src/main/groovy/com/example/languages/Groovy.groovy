package com.example.languages

import groovy.transform.CompileStatic

/** Called dynamically. */
class GroovyLlm {
  def complete(prompt) {
    prompt + '!'
  }

  String ask(String prompt, int times = 2) {
    prompt * times
  }
}

/** Called without Groovy's dispatch. */
@CompileStatic
class GroovyTool {
  int add(int a, int b) {
    if (a < 0) {
      throw new IllegalArgumentException('negative')
    }
    a + b
  }
}

/** Code that is mixed in. */
trait GroovyTrait {
  String answer(String prompt) {
    prompt
  }
}

class GroovyMixed implements GroovyTrait {
}

class GroovyCalls {
  static void run() {
    assert new GroovyLlm().complete('a') == 'a!'
    assert new GroovyLlm().ask('a') == 'aa'
    assert new GroovyLlm().ask('a', 3) == 'aaa'
    assert new GroovyTool().add(1, 2) == 3
    try {
      new GroovyTool().add(-1, 2)
      assert false
    } catch (IllegalArgumentException e) {
      assert e.message == 'negative'
    }
    assert new GroovyMixed().answer('b') == 'b'
  }
}
