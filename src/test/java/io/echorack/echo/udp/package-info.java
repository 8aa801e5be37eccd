/// Tests of that package.
@NullMarked
package io.echorack.echo.udp;

import org.jspecify.annotations.NullMarked;
