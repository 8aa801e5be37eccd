package io.echorack.client;

/// One message of a run, from its sending on.
///
/// Thread: its run's loop.
final class Sent {
    /// What became of a message.
    enum Fate {
        /// Sent, and still in time.
        WAITING,
        ANSWERED,
        /// Not answered in time.
        LOST,
        /// Lost, and answered afterwards.
        LATE
    }

    final long number;
    final byte[] answer;
    final long at;
    Fate fate = Fate.WAITING;

    /// @param number its place in the run, counted from 1
    /// @param answer what should come back
    /// @param at when it went out, by `System.nanoTime`
    Sent(long number, byte[] answer, long at) {
        this.number = number;
        this.answer = answer;
        this.at = at;
    }
}
