/// What all faults are made of.
@NullMarked
package io.echorack.echo.fault.line;

import org.jspecify.annotations.NullMarked;
