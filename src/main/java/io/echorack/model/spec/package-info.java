/// What is asked for: a server's spec and its parts.
@NullMarked
package io.echorack.model.spec;

import org.jspecify.annotations.NullMarked;
