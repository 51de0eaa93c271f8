/** Classes that no library's rules know. */
package com.example.plain;
