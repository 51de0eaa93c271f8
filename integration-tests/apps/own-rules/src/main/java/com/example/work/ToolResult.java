package com.example.work;

/** What a tool says: all is well, or a code. */
record ToolResult(boolean isOk, String errorCode) {}
