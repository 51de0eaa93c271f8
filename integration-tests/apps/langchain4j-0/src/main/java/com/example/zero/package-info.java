/** What an application of LangChain4j 0.x does with its models. */
package com.example.zero;
