package io.echorack.echo.fault;

import io.echorack.echo.fault.line.Parcel;
import io.echorack.echo.fault.line.Stage;
import io.echorack.model.traffic.Detail;
import java.util.SplittableRandom;

/// From the first message that it strikes, none comes any more. The connection itself stays as it is.
final class Swallowing extends Stage {
    private boolean hasBegun;

    Swallowing(Place place) {
        super(place);
    }

    @Override
    protected void strike(Parcel parcel, SplittableRandom dice) {
        hasBegun = true;
        tellLost(parcel, Detail.NONE);
        parcel.release();
    }

    @Override
    protected void spare(Parcel parcel, SplittableRandom dice) {
        if (hasBegun) {
            strike(parcel, dice);
        } else {
            pass(parcel);
        }
    }
}
