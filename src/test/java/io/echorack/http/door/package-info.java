@NullMarked
package io.echorack.http.door;

import org.jspecify.annotations.NullMarked;
