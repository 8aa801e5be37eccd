package io.echorack.traffic;

import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import io.echorack.model.traffic.EventKind;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.TrafficEvent;
import java.time.Instant;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/// An event as it lies in a ring, a segment or a reader's copy: a head of fixed size, then whom it is about, what else
/// it tells, and its captured bytes. Moved from event to event, it makes no garbage.
///
/// ```
///  0 seq        8 at        16 connection   24 offset    32 first read   40 last read
/// 48 length    52 kind, direction, label length   56 detail length   60 payload length
/// 64 label     detail       payload                                  padded to 8
/// ```
public final class EventView {
    static final int HEAD = 64;

    private static final int SEQ = 0;
    private static final int AT = 8;
    private static final int CONNECTION = 16;
    private static final int OFFSET = 24;
    private static final int FIRST_READ = 32;
    private static final int LAST_READ = 40;
    private static final int LENGTH = 48;
    private static final int KIND = 52;
    private static final int DIRECTION = 53;
    private static final int LABEL_LENGTH = 54;
    private static final int DETAIL_LENGTH = 56;
    private static final int PAYLOAD_LENGTH = 60;
    private static final long NANOS = 1_000_000_000L;

    private DirectBuffer buffer = new UnsafeBuffer(new byte[HEAD]);
    private int start;

    /// Writes an event but for its seq, which the scribe gives; `at` is the loop's own nanosecond clock. Ordinals will do:
    /// no log outlives its process.
    @SuppressWarnings("EnumOrdinal")
    static void write(
            MutableDirectBuffer to,
            int start,
            long at,
            EventKind kind,
            Direction direction,
            Origin origin,
            int length,
            long offset,
            long firstRead,
            long lastRead,
            byte[] detail,
            java.nio.ByteBuffer captured) {
        byte[] label = origin.label();
        int payload = captured.remaining();
        to.putLong(start + AT, at);
        to.putLong(start + CONNECTION, origin.connection());
        to.putLong(start + OFFSET, offset);
        to.putLong(start + FIRST_READ, firstRead);
        to.putLong(start + LAST_READ, lastRead);
        to.putInt(start + LENGTH, length);
        to.putByte(start + KIND, (byte) kind.ordinal());
        to.putByte(start + DIRECTION, (byte) direction.ordinal());
        to.putShort(start + LABEL_LENGTH, (short) label.length);
        to.putInt(start + DETAIL_LENGTH, detail.length);
        to.putInt(start + PAYLOAD_LENGTH, payload);
        to.putBytes(start + HEAD, label);
        to.putBytes(start + HEAD + label.length, detail);
        to.putBytes(
                start + HEAD + label.length + detail.length,
                captured,
                captured.position(),
                payload);
    }

    /// Gives an event its place in the log, and the wall clock's time.
    static void stamp(MutableDirectBuffer in, int start, long seq, long wallOffset) {
        in.putLong(start + SEQ, seq);
        in.putLong(start + AT, in.getLong(start + AT) + wallOffset);
    }

    void at(DirectBuffer where, int index) {
        buffer = where;
        start = index;
    }

    /// Bytes that the event takes with its padding.
    int size() {
        return BitUtil.align(HEAD + labelLength() + detailLength() + captured(), Long.BYTES);
    }

    public long seq() {
        return buffer.getLong(start + SEQ);
    }

    public EventKind kind() {
        return EventKind.of(buffer.getByte(start + KIND));
    }

    public Direction direction() {
        return Direction.of(buffer.getByte(start + DIRECTION));
    }

    public long connection() {
        return buffer.getLong(start + CONNECTION);
    }

    public int length() {
        return buffer.getInt(start + LENGTH);
    }

    /// Bytes of payload that the event holds.
    public int captured() {
        return buffer.getInt(start + PAYLOAD_LENGTH);
    }

    /// Where its bytes begin in the connection's stream of its direction.
    public long offset() {
        return buffer.getLong(start + OFFSET);
    }

    /// The read that brought the first of its bytes; a read's own number.
    public long firstRead() {
        return buffer.getLong(start + FIRST_READ);
    }

    public long lastRead() {
        return buffer.getLong(start + LAST_READ);
    }

    /// Copies what it holds of its payload, that many bytes at most.
    public void copyPayload(byte[] to, int at, int most) {
        buffer.getBytes(payloadStart(), to, at, Math.min(captured(), most));
    }

    boolean isOfServer(byte[] name) {
        return Byte.toUnsignedInt(buffer.getByte(start + HEAD)) == name.length
                && holdsAt(start + HEAD + 1, name);
    }

    Origin origin() {
        return Origin.read(connection(), bytes(start + HEAD, labelLength()));
    }

    byte[] detail() {
        return bytes(start + HEAD + labelLength(), detailLength());
    }

    boolean payloadHolds(Needle wanted) {
        return wanted.isIn(buffer, payloadStart(), captured());
    }

    /// The event taken out, with that much of its payload at most.
    public TrafficEvent event(int mostPayload) {
        long at = buffer.getLong(start + AT);
        return new TrafficEvent(
                seq(),
                Instant.ofEpochSecond(Math.floorDiv(at, NANOS), Math.floorMod(at, NANOS)),
                kind(),
                direction(),
                origin(),
                length(),
                offset(),
                firstRead(),
                lastRead(),
                Detail.read(detail()),
                bytes(payloadStart(), Math.min(captured(), mostPayload)),
                captured());
    }

    private int payloadStart() {
        return start + HEAD + labelLength() + detailLength();
    }

    private int labelLength() {
        return buffer.getShort(start + LABEL_LENGTH);
    }

    private int detailLength() {
        return buffer.getInt(start + DETAIL_LENGTH);
    }

    private boolean holdsAt(int index, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (buffer.getByte(index + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private byte[] bytes(int index, int length) {
        byte[] taken = new byte[length];
        buffer.getBytes(index, taken);
        return taken;
    }
}
