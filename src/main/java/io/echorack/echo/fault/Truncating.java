package io.echorack.echo.fault;

import io.echorack.echo.fault.line.Parcel;
import io.echorack.echo.fault.line.Stage;
import io.echorack.model.spec.Effect;
import io.echorack.model.spec.Framing;
import io.echorack.model.traffic.Detail;
import io.echorack.wire.Envelope;
import io.echorack.wire.FrameCutter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;

/// What it strikes comes with the beginning of its content alone; its framing is made right where that can be.
final class Truncating extends Stage {
    private final int most;

    Truncating(Place place, Effect.Truncate asked) {
        super(place);
        most = asked.bytes();
    }

    @Override
    protected void strike(Parcel parcel, SplittableRandom dice) {
        Framing framing = road().framing();
        Envelope envelope = Envelope.of(framing, parcel.bytes());
        int cut = parcel.length() - envelope.before() - envelope.after() - most;
        if (cut <= 0) {
            pass(parcel);
            return;
        }
        tell(parcel, Detail.of("truncatedBytes", cut));
        byte[] content =
                ByteBufUtil.getBytes(
                        parcel.bytes(), parcel.bytes().readerIndex() + envelope.before(), most);
        parcel.become(framed(framing, envelope, content));
        pass(parcel);
    }

    private static ByteBuf framed(Framing framing, Envelope envelope, byte[] content) {
        boolean hasFraming = envelope.before() + envelope.after() > 0;
        return Unpooled.wrappedBuffer(
                hasFraming ? FrameCutter.wrap(framing, content).orElse(content) : content);
    }
}
