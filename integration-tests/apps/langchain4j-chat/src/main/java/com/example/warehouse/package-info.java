/** A warehouse's assistant: answers by chat and by mail, and looks stock and prices up. */
package com.example.warehouse;
