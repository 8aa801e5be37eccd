package io.echorack.echo.fault.line;

import io.echorack.model.spec.Framing;
import io.echorack.model.traffic.Direction;

/// What the faults of one connection or peer lie on: its clock, its memory, and where its messages go.
///
/// Thread: whoever owns the connection; `after` runs there too.
public interface Road {
    /// By `System.nanoTime()`, unless a test says otherwise.
    long now();

    /// Runs it so much later.
    void after(long nanos, Runnable then);

    /// Whether what was sent first has to come first.
    boolean isStream();

    Framing framing();

    /// How many bytes of a message that is lost its event holds.
    int captures();

    /// Takes room for bytes that are held up, or gives it back; false where there is none.
    boolean hold(long bytes);

    /// A message has every fault of its direction behind it: on to the behavior, or to the socket.
    void arrives(Direction way, Parcel message);

    /// Ends the connection behind all that has arrived, by RST or by FIN.
    ///
    /// @param way where the fault lies that does it
    void cutOff(Direction way, boolean reset, String why);
}
