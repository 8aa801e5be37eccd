package io.echorack.echo.fault.line;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message between two faults, or a part of one, or the end behind the last one.
///
/// Thread: its connection's.
public final class Parcel {
    private static final int SMALL = 1_024;

    private final long number;
    private final long copy;
    private final @Nullable Runnable end;
    private final List<String> struckBy;
    private boolean beginning;
    private ByteBuf bytes;
    private boolean apart;
    private int kin = 1;

    /// A whole message.
    ///
    /// @param number of how many in its connection and direction, counted from 1
    /// @param struckBy the faults that it has behind it
    public Parcel(long number, ByteBuf bytes, List<String> struckBy) {
        this(number, 0, true, bytes, struckBy, null);
    }

    private Parcel(
            long number,
            long copy,
            boolean beginning,
            ByteBuf bytes,
            List<String> struckBy,
            @Nullable Runnable end) {
        this.number = number;
        this.copy = copy;
        this.beginning = beginning;
        this.bytes = bytes;
        this.struckBy = new ArrayList<>(struckBy);
        this.end = end;
    }

    /// What is done once everything before it has arrived.
    public static Parcel end(Runnable end) {
        return new Parcel(0, 0, false, Unpooled.EMPTY_BUFFER, List.of(), end);
    }

    /// The same once more, with bytes of its own.
    ///
    /// @param time counted from 1
    public Parcel again(int time) {
        return new Parcel(number, derived(time), beginning, bytes.copy(), struckBy, null)
                .ofKin(kin);
    }

    /// Takes the next bytes out as a parcel of their own.
    public Parcel piece(int length, int place) {
        boolean first = beginning;
        beginning = false;
        return new Parcel(
                        number,
                        derived(place + 1),
                        first,
                        bytes.readRetainedSlice(length),
                        struckBy,
                        null)
                .ofKin(kin);
    }

    /// How many have been made of the one message at most: it and its like.
    public int kin() {
        return kin;
    }

    /// It is one of so many times more.
    public void multiply(int times) {
        kin *= times;
    }

    /// Gets bytes of its own where they are a small part of something larger, which would be held with them.
    void pack() {
        ByteBuf whole = bytes;
        while (whole.unwrap() != null) {
            whole = whole.unwrap();
        }
        if (whole.capacity() > 2 * bytes.readableBytes() + SMALL) {
            become(bytes.copy());
        }
    }

    public long number() {
        return number;
    }

    /// Tells what was made of one message apart.
    public long copy() {
        return copy;
    }

    /// Whether it holds a message's first byte.
    public boolean isBeginning() {
        return beginning;
    }

    public @Nullable Runnable end() {
        return end;
    }

    public List<String> struckBy() {
        return struckBy;
    }

    public ByteBuf bytes() {
        return bytes;
    }

    public int length() {
        return bytes.readableBytes();
    }

    /// Takes these bytes instead and releases those it had.
    public void become(ByteBuf other) {
        bytes.release();
        bytes = other;
    }

    /// Gets a send(2) of its own.
    public void setApart() {
        apart = true;
    }

    public boolean isApart() {
        return apart;
    }

    public void release() {
        bytes.release();
    }

    private Parcel ofKin(int wanted) {
        kin = wanted;
        return this;
    }

    private long derived(int place) {
        return copy * 1_000_003 + place;
    }
}
