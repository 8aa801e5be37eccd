package io.echorack.echo.fault.line;

import io.echorack.echo.books.Conversation;
import io.echorack.model.spec.Fault;
import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One fault on the way of one connection's messages in one direction: it strikes a message or lets it pass, to the fault
/// behind it or to the road's end.
///
/// ```
/// message ─► Stage ─► Stage ─► … ─► Road
/// ```
/// Thread: its connection's.
public abstract class Stage {
    /// Where it lies, and whose messages come along.
    ///
    /// @param id the fault's
    /// @param turn how many of its type and direction stand before it: equal faults must not strike the same
    /// @param ordinal of how many connections of its server this is
    public record Place(
            Fault fault, String id, int turn, long ordinal, Conversation conversation, Road road) {
        /// Whether it strikes the connection as a whole.
        public boolean strikesConnection() {
            return dice(0, 0).nextDouble() < fault.likelihood();
        }

        /// Counts and tells that it struck the connection as a whole.
        public void tellConnection(Detail more) {
            conversation.fault(id, fault, told(more), Unpooled.EMPTY_BUFFER, 0);
        }

        SplittableRandom dice(long number, long copy) {
            return Dice.of(fault, turn, ordinal, number, copy);
        }

        private Detail told(Detail more) {
            return Detail.of("fault", id).and("type", fault.effect().type()).and(more);
        }
    }

    private final Place place;
    private @Nullable Stage next;

    protected Stage(Place place) {
        this.place = place;
    }

    public final void setNext(Stage behind) {
        next = behind;
    }

    public final void take(Parcel parcel) {
        if (parcel.end() != null) {
            end(parcel);
            return;
        }
        Fault fault = place.fault;
        SplittableRandom dice = place.dice(parcel.number(), parcel.copy());
        boolean chosen = dice.nextDouble() < fault.likelihood();
        if (chosen && fault.matches().holdsMessage(parcel.number())) {
            strike(parcel, dice);
        } else {
            spare(parcel, dice);
        }
    }

    /// Lets go of everything that it holds, at once and in order.
    public void flush() {}

    public void release() {}

    public long held() {
        return 0;
    }

    protected abstract void strike(Parcel parcel, SplittableRandom dice);

    /// A message that it does not strike.
    protected void spare(Parcel parcel, SplittableRandom dice) {
        pass(parcel);
    }

    /// The end behind the last message.
    protected void end(Parcel end) {
        flush();
        pass(end);
    }

    protected final void pass(Parcel parcel) {
        if (next != null) {
            next.take(parcel);
        } else if (parcel.end() != null) {
            parcel.end().run();
        } else {
            road().arrives(place.fault.way(), parcel);
        }
    }

    /// Counts and tells that it struck.
    protected final void tell(Parcel parcel, Detail more) {
        tell(parcel, more, 0);
    }

    /// Likewise of a message that nobody will see, so that its bytes are told too.
    protected final void tellLost(Parcel parcel, Detail more) {
        tell(parcel, more, road().captures());
    }

    protected final Place place() {
        return place;
    }

    private void tell(Parcel parcel, Detail more, int capture) {
        parcel.struckBy().add(place.id);
        place.conversation.fault(
                place.id,
                place.fault,
                place.told(more).and("message", parcel.number()),
                parcel.bytes(),
                capture);
    }

    /// Takes room to hold it, and gives it bytes of its own; false where there is none.
    protected final boolean takesRoom(Parcel parcel) {
        parcel.pack();
        boolean fits = road().hold(parcel.length());
        if (!fits) {
            road().hold(-parcel.length());
        }
        return fits;
    }

    /// Lets a message go for which there is no room to be held up.
    protected final void overflow(Parcel parcel) {
        place.conversation.guarded(
                "the fault %s holds too much up already: message %d was dropped"
                        .formatted(place.id, parcel.number()));
        parcel.release();
    }

    protected final Road road() {
        return place.road;
    }

    protected final Direction way() {
        return place.fault.way();
    }
}
