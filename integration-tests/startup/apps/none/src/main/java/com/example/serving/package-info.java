/** An application that uses none of the instrumented libraries. */
package com.example.serving;
