/** An application of Redis' clients Jedis and Lettuce. */
package com.example.redis;
