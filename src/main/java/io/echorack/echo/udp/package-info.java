/// UDP servers and their peers.
@NullMarked
package io.echorack.echo.udp;

import org.jspecify.annotations.NullMarked;
