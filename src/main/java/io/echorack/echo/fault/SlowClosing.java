package io.echorack.echo.fault;

import io.echorack.echo.fault.line.Parcel;
import io.echorack.echo.fault.line.Stage;
import io.echorack.model.spec.Effect;
import io.echorack.model.traffic.Detail;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The end comes later than it would.
final class SlowClosing extends Stage {
    private final Effect.SlowClose asked;
    private @Nullable Parcel held;

    SlowClosing(Place place, Effect.SlowClose asked) {
        super(place);
        this.asked = asked;
    }

    @Override
    protected void strike(Parcel parcel, SplittableRandom dice) {
        pass(parcel);
    }

    @Override
    protected void end(Parcel end) {
        if (place().strikesConnection()) {
            place().tellConnection(Detail.of("delayMs", asked.millis()));
            held = end;
            road().after(TimeUnit.MILLISECONDS.toNanos(asked.millis()), this::flush);
        } else {
            pass(end);
        }
    }

    @Override
    public void flush() {
        @Nullable Parcel end = held;
        held = null;
        if (end != null) {
            pass(end);
        }
    }
}
