/// One connection's reads beside its messages, read from the traffic log.
@NullMarked
package io.echorack.traffic.lanes;

import org.jspecify.annotations.NullMarked;
