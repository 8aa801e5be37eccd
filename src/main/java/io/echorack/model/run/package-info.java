/// What test clients are asked for and what they found.
@NullMarked
package io.echorack.model.run;

import org.jspecify.annotations.NullMarked;
