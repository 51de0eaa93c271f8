/** A web application with Spring AI. */
package com.example.desk;
