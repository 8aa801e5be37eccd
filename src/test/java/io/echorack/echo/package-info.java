@NullMarked
package io.echorack.echo;

import org.jspecify.annotations.NullMarked;
