package io.echorack.echo.tcp;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.function.BooleanSupplier;

/// How much one receive takes: what the spec says, and a little, once a wake-up, while memory is scarce.
final class Sips extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int LITTLE = 2 * 1024;

    private final int most;
    private final BooleanSupplier scarce;

    Sips(int most, BooleanSupplier scarce) {
        this.most = most;
        this.scarce = scarce;
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's signature
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return scarce.getAsBoolean() ? Math.min(LITTLE, most) : most;
            }

            @Override
            public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
                return !scarce.getAsBoolean() && super.continueReading(maybeMore);
            }
        };
    }
}
