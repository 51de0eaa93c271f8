/** Calls within traces. */
package com.example.traced;
