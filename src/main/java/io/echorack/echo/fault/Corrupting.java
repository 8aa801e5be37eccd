package io.echorack.echo.fault;

import io.echorack.echo.fault.line.Parcel;
import io.echorack.echo.fault.line.Stage;
import io.echorack.model.spec.Effect;
import io.echorack.model.traffic.Detail;
import io.echorack.wire.Envelope;
import io.netty.buffer.ByteBuf;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// What it strikes comes with some bits of its content flipped, each of them once; its framing stays right.
final class Corrupting extends Stage {
    private final Effect.Corrupt asked;

    Corrupting(Place place, Effect.Corrupt asked) {
        super(place);
        this.asked = asked;
    }

    @Override
    protected void strike(Parcel parcel, SplittableRandom dice) {
        Envelope envelope = Envelope.of(road().framing(), parcel.bytes());
        int content = parcel.length() - envelope.before() - envelope.after();
        if (content == 0) {
            pass(parcel);
            return;
        }
        SortedSet<Long> bits = chosen(8L * content, dice);
        // Copied: the bytes may belong to others too, to a reply that is sent again or to a read.
        ByteBuf spoilt = parcel.bytes().copy();
        bits.forEach(bit -> flip(spoilt, envelope.before(), bit));
        parcel.become(spoilt);
        tell(
                parcel,
                Detail.of("bits", bits.size())
                        .and("firstByte", envelope.before() + bits.first() / Byte.SIZE));
        pass(parcel);
    }

    private SortedSet<Long> chosen(long among, SplittableRandom dice) {
        SortedSet<Long> bits = new TreeSet<>();
        long wanted = Math.min(asked.count(), among);
        while (bits.size() < wanted) {
            bits.add(dice.nextLong(among));
        }
        return bits;
    }

    /// Bits are counted from a byte's highest, as they are drawn (RFC 1700).
    private static void flip(ByteBuf bytes, int content, long bit) {
        int at = bytes.readerIndex() + content + (int) (bit / Byte.SIZE);
        bytes.setByte(at, bytes.getByte(at) ^ (0x80 >>> (int) (bit % Byte.SIZE)));
    }
}
