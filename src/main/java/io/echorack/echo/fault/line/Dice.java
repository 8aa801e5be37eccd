package io.echorack.echo.fault.line;

import io.echorack.model.spec.Fault;
import java.util.SplittableRandom;

/// Chance that comes out the same each time: for the same fault, the n-th message of the n-th connection meets the same.
public final class Dice {
    private Dice() {}

    /// @param turn how many of its type and direction stand before it
    /// @param ordinal of how many connections of its server it is
    static SplittableRandom of(Fault fault, long turn, long ordinal, long number, long copy) {
        long seed = fault.seedOrZero();
        for (long part :
                new long[] {
                    fault.effect().type().hashCode(),
                    fault.way().text().hashCode(),
                    turn,
                    ordinal,
                    number,
                    copy
                }) {
            seed = mixed(seed ^ mixed(part));
        }
        return new SplittableRandom(seed);
    }

    /// David Stafford's mix 13: neighbours have nothing to do with each other afterwards.
    private static long mixed(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
