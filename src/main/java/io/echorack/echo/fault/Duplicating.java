package io.echorack.echo.fault;

import io.echorack.echo.fault.line.Parcel;
import io.echorack.echo.fault.line.Stage;
import io.echorack.model.spec.Effect;
import io.echorack.model.traffic.Detail;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What it strikes comes again, right behind itself.
final class Duplicating extends Stage {
    private final Effect.Duplicate asked;

    Duplicating(Place place, Effect.Duplicate asked) {
        super(place);
        this.asked = asked;
    }

    @Override
    protected void strike(Parcel parcel, SplittableRandom dice) {
        tell(parcel, Detail.of("copies", asked.times()));
        List<Parcel> copies = new ArrayList<>();
        for (int time = 1; time <= asked.times(); time++) {
            copies.add(parcel.again(time));
        }
        pass(parcel);
        copies.forEach(this::pass);
    }
}
