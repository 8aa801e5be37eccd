/// What all servers share of the event loops.
@NullMarked
package io.echorack.echo.loop;

import org.jspecify.annotations.NullMarked;
