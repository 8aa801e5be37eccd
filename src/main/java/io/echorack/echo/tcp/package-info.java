/// TCP servers and their connections.
@NullMarked
package io.echorack.echo.tcp;

import org.jspecify.annotations.NullMarked;
