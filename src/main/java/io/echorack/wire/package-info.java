/// Netty plumbing: the transport, framing, what the kernel granted.
@NullMarked
package io.echorack.wire;

import org.jspecify.annotations.NullMarked;
