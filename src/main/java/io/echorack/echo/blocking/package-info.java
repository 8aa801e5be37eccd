/// TCP servers whose threads wait in accept, recv and send.
@NullMarked
package io.echorack.echo.blocking;

import org.jspecify.annotations.NullMarked;
