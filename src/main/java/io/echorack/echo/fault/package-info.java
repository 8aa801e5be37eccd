/// What goes wrong on purpose: each kind of fault in a file of its own, and the ways they lie on.
@NullMarked
package io.echorack.echo.fault;

import org.jspecify.annotations.NullMarked;
