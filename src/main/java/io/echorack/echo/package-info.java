/// The data plane: TCP and UDP echo servers.
@NullMarked
package io.echorack.echo;

import org.jspecify.annotations.NullMarked;
