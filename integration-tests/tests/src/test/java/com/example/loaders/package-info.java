/** Applications with class loaders of their own. */
package com.example.loaders;
