package io.echorack.echo.fault;

import io.echorack.echo.fault.line.HoldingStage;
import io.echorack.echo.fault.line.Parcel;
import io.echorack.model.Ceilings;
import io.echorack.model.spec.Effect;
import io.echorack.model.traffic.Detail;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// What it strikes comes later; in a stream all that is behind it waits too.
final class Delaying extends HoldingStage {
    private final Effect.Delay asked;

    Delaying(Place place, Effect.Delay asked) {
        super(place);
        this.asked = asked;
    }

    @Override
    protected void strike(Parcel parcel, SplittableRandom dice) {
        long nanos = nanos(dice);
        tell(parcel, Detail.of("delayNanos", nanos));
        hold(parcel, road().now() + nanos);
    }

    private long nanos(SplittableRandom dice) {
        double millis =
                switch (asked.shape()) {
                    case UNIFORM ->
                            asked.millis() + asked.jitterMillis() * (2 * dice.nextDouble() - 1);
                    case NORMAL -> asked.millis() + asked.jitterMillis() * dice.nextGaussian();
                    case LOGNORMAL -> lognormal(dice);
                };
        double bounded = Math.clamp(millis, 0, 2.0 * Ceilings.FAULT_MILLIS);
        return Math.round(bounded * TimeUnit.MILLISECONDS.toNanos(1));
    }

    /// With the delay as its mean and the jitter as its standard deviation.
    private double lognormal(SplittableRandom dice) {
        if (asked.millis() == 0) {
            return 0;
        }
        double spread = (double) asked.jitterMillis() / asked.millis();
        double variance = Math.log(1 + spread * spread);
        double middle = Math.log(asked.millis()) - variance / 2;
        return Math.exp(middle + Math.sqrt(variance) * dice.nextGaussian());
    }
}
