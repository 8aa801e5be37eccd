package io.echorack.model.traffic;

import java.nio.ByteBuffer;

/// Where the data plane tells what happened. It never waits: what finds no room is counted and gone.
///
/// Thread: a loop's tap belongs to that loop; the shared one takes everybody's.
public interface Tap {
    ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

    /// Tells one event; false where it found no room.
    ///
    /// @param at when it happened, by `System.nanoTime()`
    /// @param length how many bytes it is about, captured or not
    /// @param offset where these bytes begin in the connection's stream of that direction
    /// @param firstRead the read, counted from 1, that brought the first of them; a read's own number
    /// @param lastRead the read that brought the last of them
    /// @param captured what of these bytes the event holds, from its position to its limit
    boolean tell(
            long at,
            EventKind kind,
            Direction direction,
            Origin origin,
            int length,
            long offset,
            long firstRead,
            long lastRead,
            Detail detail,
            ByteBuffer captured);

    /// Tells an event that is about no bytes and happens now.
    default boolean tell(EventKind kind, Origin origin, Detail detail) {
        return tell(System.nanoTime(), kind, Direction.NONE, origin, 0, 0, 0, 0, detail, NO_BYTES);
    }

    /// The taps of one program.
    interface Source {
        /// The tap of the n-th event loop, counted from 0.
        Tap ofLoop(int loop);

        /// The tap of everybody else.
        Tap shared();
    }
}
