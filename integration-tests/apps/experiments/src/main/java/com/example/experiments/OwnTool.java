package com.example.experiments;

/** A tool of the application's own. */
final class OwnTool {
  String look(String what) {
    return what + " seen";
  }
}
