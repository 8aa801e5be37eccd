@NullMarked
package io.echorack.traffic;

import org.jspecify.annotations.NullMarked;
