/** A warehouse's assistant, which answers by chat and by mail and looks up stock and prices. */
package com.example.warehouse;
