package io.echorack.echo.behavior;

import java.nio.ByteBuffer;
import java.time.Instant;

/// The seconds since the beginning of 1900, UTC, as 32 bits in network order (RFC 868).
final class TimeAnswerer extends OnceAnswerer {
    /// From the beginning of 1900 to that of 1970, as RFC 868 counts it.
    private static final long BEFORE_1970 = 2_208_988_800L;

    @Override
    byte[] say() {
        int seconds = (int) (Instant.now().getEpochSecond() + BEFORE_1970);
        return ByteBuffer.allocate(Integer.BYTES).putInt(seconds).array();
    }
}
