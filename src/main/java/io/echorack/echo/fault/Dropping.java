package io.echorack.echo.fault;

import io.echorack.echo.fault.line.Parcel;
import io.echorack.echo.fault.line.Stage;
import io.echorack.model.traffic.Detail;
import java.util.SplittableRandom;

/// What it strikes never comes.
final class Dropping extends Stage {
    Dropping(Place place) {
        super(place);
    }

    @Override
    protected void strike(Parcel parcel, SplittableRandom dice) {
        tellLost(parcel, Detail.NONE);
        parcel.release();
    }
}
