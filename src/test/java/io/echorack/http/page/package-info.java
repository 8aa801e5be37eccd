@NullMarked
package io.echorack.http.page;

import org.jspecify.annotations.NullMarked;
