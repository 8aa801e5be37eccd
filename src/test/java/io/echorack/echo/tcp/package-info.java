/// Tests of that package.
@NullMarked
package io.echorack.echo.tcp;

import org.jspecify.annotations.NullMarked;
