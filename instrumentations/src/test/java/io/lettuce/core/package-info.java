/** Stands for the package of Lettuce, because a class is recognised by its name. */
package io.lettuce.core;
