package com.example.work;

import java.util.List;

/** What an adapter is asked. */
record Request(String model, Experiment experiment, String prompt, List<String> tools) {}
