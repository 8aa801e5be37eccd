/// The traffic log: one writer, segments in memory, any number of cursors.
@NullMarked
package io.echorack.traffic;

import org.jspecify.annotations.NullMarked;
