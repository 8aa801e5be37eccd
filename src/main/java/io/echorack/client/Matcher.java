package io.echorack.client;

/// Finds the message that an answer belongs to.
///
/// Thread: its run's loop.
interface Matcher {
    void sent(Sent message);

    /// A whole answer is there.
    ///
    /// @param reads which read brought which of its bytes
    void answer(byte[] bytes, Reads reads, long now);

    /// Messages given up whose answers would still come first.
    default int overdue() {
        return 0;
    }
}
