/// TLS on Netty: certificates, keys, and what a handshake agreed on or failed by.
@NullMarked
package io.echorack.wire.tls;

import org.jspecify.annotations.NullMarked;
