/// The live stream: viewers, each a cursor into the log.
@NullMarked
package io.echorack.http.stream;

import org.jspecify.annotations.NullMarked;
