package io.echorack.echo.fault;

import io.echorack.echo.fault.line.HoldingStage;
import io.echorack.echo.fault.line.Parcel;
import io.echorack.model.spec.Effect;
import io.echorack.model.traffic.Detail;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// The end comes later than it would.
final class SlowClosing extends HoldingStage {
    private final Effect.SlowClose asked;

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
            hold(end, road().now() + TimeUnit.MILLISECONDS.toNanos(asked.millis()));
        } else {
            pass(end);
        }
    }
}
