/** An application that records figures of its own. */
package com.example.own;
