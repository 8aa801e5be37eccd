@NullMarked
package io.echorack.http;

import org.jspecify.annotations.NullMarked;
