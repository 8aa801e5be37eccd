package io.echorack.echo.fault;

import io.echorack.echo.fault.line.HoldingStage;
import io.echorack.echo.fault.line.Parcel;
import io.echorack.model.Ceilings;
import io.echorack.model.spec.Effect;
import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// What it strikes goes no faster than so many bytes a second: an answer on a stream bit by bit, anything else when its
/// last byte would have come.
final class Pacing extends HoldingStage {
    /// Pieces in a second.
    private static final int PIECES = 20;

    private final int bytesPerSecond;
    private final boolean inPieces;
    private long free;

    Pacing(Place place, Effect.Bandwidth asked) {
        super(place);
        bytesPerSecond = asked.rate();
        inPieces = road().isStream() && place.fault().way() == Direction.OUT;
        free = road().now();
    }

    @Override
    protected void strike(Parcel parcel, SplittableRandom dice) {
        tell(parcel, Detail.NONE);
        int most = inPieces ? pieceOf(parcel) : Integer.MAX_VALUE;
        parcel.multiply(1 + parcel.length() / most);
        free = Math.max(free, road().now());
        for (int place = 0; parcel.length() > most; place++) {
            holdPaced(parcel.piece(most, place));
        }
        holdPaced(parcel);
    }

    private int pieceOf(Parcel parcel) {
        int pieces = Math.max(1, Ceilings.FAULT_PIECES / parcel.kin());
        return Math.max(1 + parcel.length() / pieces, bytesPerSecond / PIECES);
    }

    /// What finds no room takes no time.
    private void holdPaced(Parcel piece) {
        long gone = free + piece.length() * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
        if (hold(piece, gone)) {
            free = gone;
        }
    }
}
