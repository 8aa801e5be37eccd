package io.echorack.echo.fault;

import io.echorack.echo.fault.line.Parcel;
import io.echorack.echo.fault.line.Stage;
import io.echorack.model.Ceilings;
import io.echorack.model.spec.Effect;
import io.echorack.model.traffic.Detail;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What it strikes is overtaken by so many behind it; those it leaves alone. It does not wait for them for ever, and where
/// none has come it has done nothing.
final class Reordering extends Stage {
    private final int distance;
    private @Nullable Parcel held;
    private int overtakers;

    Reordering(Place place, Effect.Reorder asked) {
        super(place);
        distance = asked.places();
    }

    @Override
    protected void strike(Parcel parcel, SplittableRandom dice) {
        if (held != null) {
            spare(parcel, dice);
        } else if (!takesRoom(parcel)) {
            pass(parcel);
        } else {
            held = parcel;
            overtakers = 0;
            road().after(
                            TimeUnit.MILLISECONDS.toNanos(Ceilings.FAULT_PATIENCE_MILLIS),
                            () -> loses(parcel));
        }
    }

    @Override
    protected void spare(Parcel parcel, SplittableRandom dice) {
        pass(parcel);
        if (held != null && ++overtakers == distance) {
            flush();
        }
    }

    @Override
    public void flush() {
        @Nullable Parcel overtaken = taken();
        if (overtaken != null) {
            if (overtakers > 0) {
                tell(overtaken, Detail.of("distance", overtakers));
            }
            pass(overtaken);
        }
    }

    @Override
    public void release() {
        @Nullable Parcel left = taken();
        if (left != null) {
            left.release();
        }
    }

    @Override
    public long held() {
        return held == null ? 0 : held.length();
    }

    /// It has waited long enough.
    private void loses(Parcel parcel) {
        if (held == parcel) {
            flush();
        }
    }

    private @Nullable Parcel taken() {
        @Nullable Parcel parcel = held;
        held = null;
        if (parcel != null) {
            road().hold(-parcel.length());
        }
        return parcel;
    }
}
