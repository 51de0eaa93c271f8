/** An application of LangChain4j 0.x. */
package com.example.zero;
