/// REST, WebSocket and the guard in front of them.
@NullMarked
package io.echorack.http;

import org.jspecify.annotations.NullMarked;
