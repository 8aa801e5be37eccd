package io.echorack.model.engine;

/// What a server did so far, exact whatever is logged or watched.
///
/// @param droppedByKernel datagrams that the kernel dropped, as far as it tells
/// @param truncatedBytes bytes of datagrams that went beyond `datagramBufferBytes`
/// @param eventsLost events that found their ring full and are in no log
public record Counters(
        long connectionsAccepted,
        long connectionsRefused,
        long messagesIn,
        long messagesOut,
        long bytesIn,
        long bytesOut,
        long faultsApplied,
        long droppedByKernel,
        long truncatedBytes,
        long refusedByGuard,
        long eventsLost) {

    public static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static Counters faulted(long times) {
        return new Counters(0, 0, 0, 0, 0, 0, times, 0, 0, 0, 0);
    }

    public static Counters dropped(long datagrams) {
        return new Counters(0, 0, 0, 0, 0, 0, 0, datagrams, 0, 0, 0);
    }

    public Counters plus(Counters other) {
        return new Counters(
                connectionsAccepted + other.connectionsAccepted,
                connectionsRefused + other.connectionsRefused,
                messagesIn + other.messagesIn,
                messagesOut + other.messagesOut,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                faultsApplied + other.faultsApplied,
                droppedByKernel + other.droppedByKernel,
                truncatedBytes + other.truncatedBytes,
                refusedByGuard + other.refusedByGuard,
                eventsLost + other.eventsLost);
    }
}
