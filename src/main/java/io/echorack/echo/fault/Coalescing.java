package io.echorack.echo.fault;

import io.echorack.echo.fault.line.Parcel;
import io.echorack.echo.fault.line.Stage;
import io.echorack.model.Ceilings;
import io.echorack.model.spec.Effect;
import io.echorack.model.traffic.Detail;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// What it strikes waits until there are so many, which then go together; not for ever.
final class Coalescing extends Stage {
    private final int wanted;
    private List<Parcel> waiting = new ArrayList<>();
    private long bytes;
    private long batch;

    Coalescing(Place place, Effect.Coalesce asked) {
        super(place);
        wanted = asked.count();
    }

    @Override
    protected void strike(Parcel parcel, SplittableRandom dice) {
        tell(parcel, Detail.of("messages", wanted));
        add(parcel);
    }

    @Override
    protected void spare(Parcel parcel, SplittableRandom dice) {
        if (waiting.isEmpty()) {
            pass(parcel);
        } else {
            add(parcel);
        }
    }

    @Override
    public void flush() {
        List<Parcel> together = taken();
        together.forEach(this::pass);
    }

    @Override
    public void release() {
        taken().forEach(Parcel::release);
    }

    @Override
    public long held() {
        return bytes;
    }

    private void add(Parcel parcel) {
        if (!takesRoom(parcel)) {
            overflow(parcel);
            return;
        }
        if (waiting.isEmpty()) {
            long mine = batch;
            road().after(
                            TimeUnit.MILLISECONDS.toNanos(Ceilings.FAULT_PATIENCE_MILLIS),
                            () -> loses(mine));
        }
        waiting.add(parcel);
        bytes += parcel.length();
        if (waiting.size() == wanted) {
            flush();
        }
    }

    private void loses(long mine) {
        if (mine == batch) {
            flush();
        }
    }

    private List<Parcel> taken() {
        List<Parcel> all = waiting;
        waiting = new ArrayList<>();
        batch++;
        road().hold(-bytes);
        bytes = 0;
        return all;
    }
}
