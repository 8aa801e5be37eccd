/// What every room speaks of: problems and ceilings.
@NullMarked
package io.echorack.model;

import org.jspecify.annotations.NullMarked;
