/** An application that the front door looks at. */
package com.example.types;
