/// The test clients.
@NullMarked
package io.echorack.client;

import org.jspecify.annotations.NullMarked;
