package com.example.work;

import java.util.Map;

/** What an adapter answers: the flag says whether it could. */
record Result(boolean ok, String errorCode, Usage usage, Map<String, Object> raw) {}
