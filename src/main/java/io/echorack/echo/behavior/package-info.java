/// What a server answers, one small file each.
@NullMarked
package io.echorack.echo.behavior;

import org.jspecify.annotations.NullMarked;
