@NullMarked
package io.echorack.rack;

import org.jspecify.annotations.NullMarked;
