/** A program that asks a model, by LangChain4j. */
package com.example.asking;
