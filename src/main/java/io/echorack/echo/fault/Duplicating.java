package io.echorack.echo.fault;

import io.echorack.echo.fault.line.Parcel;
import io.echorack.echo.fault.line.Stage;
import io.echorack.model.Ceilings;
import io.echorack.model.spec.Effect;
import io.echorack.model.traffic.Detail;
import java.util.SplittableRandom;

/// What it strikes comes again, right behind itself; no more often than is good for us.
final class Duplicating extends Stage {
    private final Effect.Duplicate asked;

    Duplicating(Place place, Effect.Duplicate asked) {
        super(place);
        this.asked = asked;
    }

    @Override
    protected void strike(Parcel parcel, SplittableRandom dice) {
        int copies = Math.clamp(most(parcel), 0, asked.times());
        if (copies == 0) {
            pass(parcel);
            return;
        }
        parcel.multiply(copies + 1);
        tell(parcel, Detail.of("copies", copies));
        for (int time = 1; time <= copies; time++) {
            pass(parcel.again(time));
        }
        pass(parcel);
    }

    /// How many more there may be of the message, by their number and by their bytes.
    private static int most(Parcel parcel) {
        long byBytes = Ceilings.FAULT_COPIED_BYTES / Math.max(1, parcel.length());
        return (int) (Math.min(Ceilings.FAULT_COPIES, byBytes) / parcel.kin()) - 1;
    }
}
