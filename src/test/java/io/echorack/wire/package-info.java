@NullMarked
package io.echorack.wire;

import org.jspecify.annotations.NullMarked;
