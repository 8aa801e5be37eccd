@NullMarked
package io.echorack.store;

import org.jspecify.annotations.NullMarked;
