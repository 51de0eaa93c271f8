/** An application of the specification's shape: classes of its own, and no library. */
package com.example.work;
