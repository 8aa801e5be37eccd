/// The set of servers, and the only one who changes it.
@NullMarked
package io.echorack.rack;

import org.jspecify.annotations.NullMarked;
