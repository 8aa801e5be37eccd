@NullMarked
package io.echorack.json;

import org.jspecify.annotations.NullMarked;
