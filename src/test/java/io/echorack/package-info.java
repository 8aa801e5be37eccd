/// What holds for the whole house, and the tests of the command line.
@NullMarked
package io.echorack;

import org.jspecify.annotations.NullMarked;
