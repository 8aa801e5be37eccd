package io.echorack.echo.fault;

import io.echorack.echo.fault.line.Parcel;
import io.echorack.echo.fault.line.Stage;
import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import java.util.SplittableRandom;

/// After so many bytes of what it strikes there is nothing more but the end, by RST or by FIN. An answer ends in the
/// middle if need be; a message of which only a part came was never seen.
final class CuttingOff extends Stage {
    private final boolean reset;
    private final long most;
    private long passed;
    private boolean done;

    CuttingOff(Place place, boolean reset, long most) {
        super(place);
        this.reset = reset;
        this.most = most;
    }

    @Override
    protected void strike(Parcel parcel, SplittableRandom dice) {
        long room = most - passed;
        if (done || parcel.length() < room) {
            passed += parcel.length();
            spare(parcel, dice);
            return;
        }
        done = true;
        tell(parcel, Detail.of("bytes", most));
        if (parcel.length() == room && room > 0) {
            pass(parcel);
        } else if (room > 0 && way() == Direction.OUT) {
            pass(parcel.piece((int) room, 0));
            parcel.release();
        } else {
            parcel.release();
        }
        String why = "%s: after %,d bytes".formatted(reset ? "reset" : "limitBytes", most);
        pass(Parcel.end(() -> road().cutOff(way(), reset, why)));
    }

    @Override
    protected void spare(Parcel parcel, SplittableRandom dice) {
        if (done) {
            parcel.release();
        } else {
            pass(parcel);
        }
    }

    /// It has brought the end already.
    @Override
    protected void end(Parcel end) {
        if (!done) {
            pass(end);
        }
    }
}
