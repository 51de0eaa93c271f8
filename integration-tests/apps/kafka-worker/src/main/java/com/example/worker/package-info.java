/** A worker between two topics: questions come in, a model's answers go out. */
package com.example.worker;
