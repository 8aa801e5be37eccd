/// The staircase: the command line and what puts the rooms together.
@NullMarked
package io.echorack;

import org.jspecify.annotations.NullMarked;
