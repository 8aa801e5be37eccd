package io.echorack.traffic.lanes;

import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Framing.LengthPrefix;
import io.echorack.model.spec.Framing.Order;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// The length prefix behind which a server waits.
///
/// @param announced what it says in the framing's byte order, unsigned
/// @param other what it would say in the other order
record Prefix(LengthPrefix framing, byte[] bytes, long announced, long other) {
    private static final int BYTE = 0xff;

    /// The prefix at the beginning of these bytes, which hold it whole.
    static Prefix of(LengthPrefix framing, byte[] head) {
        byte[] bytes = Arrays.copyOf(head, framing.width());
        boolean isBig = framing.order() == Order.BIG_ENDIAN;
        return new Prefix(framing, bytes, number(bytes, isBig), number(bytes, !isBig));
    }

    /// One byte may well be a length and a letter.
    boolean isText() {
        return bytes.length > 1 && Bytes.areText(bytes);
    }

    /// Fewer bytes than it has itself, where these count.
    boolean isBelowItself() {
        return Long.compareUnsigned(announced, own()) < 0;
    }

    boolean isBeyondBound() {
        return !isBelowItself() && Long.compareUnsigned(announced - own(), framing.bound()) > 0;
    }

    boolean fitsInOtherOrder() {
        return other >= own() && other - own() <= framing.bound();
    }

    /// Whether so many bytes, the prefix among them, are just what it announces in the other order.
    boolean isMetInOtherOrder(long arrived) {
        return announced != other && fitsInOtherOrder() && other - own() == arrived - bytes.length;
    }

    /// As it is put in words.
    String told() {
        return "The length prefix, %s in hex, announces %s bytes"
                .formatted(HexFormat.of().formatHex(bytes), Long.toUnsignedString(announced));
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("prefix", HexFormat.of().formatHex(bytes));
        values.put("announced", Long.toUnsignedString(announced));
        return values;
    }

    Framing inOtherOrder() {
        Order order = framing.order() == Order.BIG_ENDIAN ? Order.LITTLE_ENDIAN : Order.BIG_ENDIAN;
        return new LengthPrefix(
                framing.lengthBytes(), order, framing.includesPrefix(), framing.maxFrameBytes());
    }

    Framing notCountingItself() {
        return new LengthPrefix(
                framing.lengthBytes(), framing.byteOrder(), false, framing.maxFrameBytes());
    }

    private long own() {
        return framing.countsItself() ? bytes.length : 0;
    }

    private static long number(byte[] bytes, boolean isBig) {
        long number = 0;
        for (int i = 0; i < bytes.length; i++) {
            number = number << Byte.SIZE | (bytes[isBig ? i : bytes.length - 1 - i] & BYTE);
        }
        return number;
    }
}
