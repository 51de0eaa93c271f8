/** A shop's command line, built by Quarkus. */
package com.example.shop;
