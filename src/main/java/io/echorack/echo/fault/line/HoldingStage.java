package io.echorack.echo.fault.line;

import java.util.SplittableRandom;

/// A fault that holds messages up; in a stream, what it does not strike waits behind what it does.
///
/// Thread: its connection's.
public abstract class HoldingStage extends Stage {
    private final Held held;

    // Only what passes later calls back.
    @SuppressWarnings("this-escape")
    protected HoldingStage(Place place) {
        super(place);
        held = new Held(road(), this::pass);
    }

    /// Holds it until then; where there is no room it is gone, and false comes back.
    protected final boolean hold(Parcel parcel, long due) {
        boolean fits = held.add(parcel, due);
        if (!fits) {
            overflow(parcel);
        }
        return fits;
    }

    /// Lets it pass, in a stream behind those in front of it.
    protected final void holdBack(Parcel parcel) {
        if (road().isStream() && !held.isEmpty()) {
            hold(parcel, road().now());
        } else {
            pass(parcel);
        }
    }

    @Override
    protected void spare(Parcel parcel, SplittableRandom dice) {
        holdBack(parcel);
    }

    @Override
    protected void end(Parcel end) {
        holdBack(end);
    }

    @Override
    public void flush() {
        held.flush();
    }

    @Override
    public void release() {
        held.release();
    }

    @Override
    public long held() {
        return held.bytes();
    }
}
