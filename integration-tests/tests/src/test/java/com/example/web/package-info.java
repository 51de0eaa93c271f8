/** What a web application consists of besides the application that it makes available. */
package com.example.web;
