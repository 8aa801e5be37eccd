/// How the model reads and writes as JSON.
@NullMarked
package io.echorack.json;

import org.jspecify.annotations.NullMarked;
