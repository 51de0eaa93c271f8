/** Adapters and tools in classes of every shape, and calls that go on after their method. */
package com.example.shapes;
