/// Who gets in: whose requests are taken at all, and, where a token is in force, who has shown it.
@NullMarked
package io.echorack.http.door;

import org.jspecify.annotations.NullMarked;
