package io.echorack.echo.fault;

import io.echorack.echo.fault.line.HoldingStage;
import io.echorack.echo.fault.line.Parcel;
import io.echorack.model.Ceilings;
import io.echorack.model.spec.Effect;
import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// An answer that it strikes goes in pieces, each by a send(2) of its own, with a pause between them; a message is whole
/// when the last of its pieces would have come.
final class Slicing extends HoldingStage {
    private final int sliceBytes;
    private final long pause;

    Slicing(Place place, Effect.Slice asked) {
        super(place);
        sliceBytes = asked.bytes();
        pause = TimeUnit.MILLISECONDS.toNanos(asked.millis());
    }

    @Override
    protected void strike(Parcel parcel, SplittableRandom dice) {
        int cuts = (int) Math.min(cuts(parcel), Ceilings.FAULT_PIECES / parcel.kin() - 1L);
        if (cuts <= 0) {
            holdBack(parcel);
            return;
        }
        tell(parcel, Detail.of("pieces", cuts + 1L));
        long due = road().now();
        if (way() == Direction.OUT) {
            parcel.multiply(cuts + 1);
            for (int place = 0; place < cuts; place++) {
                send(parcel.piece(sliceBytes, place), due);
                due += pause;
            }
            send(parcel, due);
        } else {
            hold(parcel, due + cuts * pause);
        }
    }

    private void send(Parcel piece, long due) {
        piece.setApart();
        if (pause == 0) {
            holdBack(piece);
        } else {
            hold(piece, due);
        }
    }

    private long cuts(Parcel parcel) {
        return Math.max(0, parcel.length() - 1L) / sliceBytes;
    }
}
