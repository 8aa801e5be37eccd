@NullMarked
package io.echorack.model;

import org.jspecify.annotations.NullMarked;
