package io.echorack.wire.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The few forms of DER (ITU-T X.690) that a certificate of ours is made of.
final class Der {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;

    /// From 2050 on a time is written with four digits of the year (RFC 5280 §4.1.2.5).
    private static final Instant LONG_YEARS = Instant.parse("2050-01-01T00:00:00Z");

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(SEQUENCE, parts);
    }

    static byte[] integer(BigInteger number) {
        return tagged(INTEGER, number.toByteArray());
    }

    static byte[] octets(byte[]... parts) {
        return tagged(OCTET_STRING, parts);
    }

    /// @param unused how many bits at the end are none
    static byte[] bits(int unused, byte[] bytes) {
        return tagged(BIT_STRING, new byte[] {(byte) unused}, bytes);
    }

    static byte[] time(Instant at) {
        boolean longYear = !at.isBefore(LONG_YEARS);
        DateTimeFormatter form =
                DateTimeFormatter.ofPattern(longYear ? "yyyyMMddHHmmss'Z'" : "yyMMddHHmmss'Z'");
        return tagged(
                longYear ? GENERALIZED_TIME : UTC_TIME,
                form.format(at.atOffset(ZoneOffset.UTC)).getBytes(US_ASCII));
    }

    /// An object identifier: the first two numbers in one, each in groups of seven bits.
    static byte[] oid(String dotted) {
        int[] numbers =
                Arrays.stream(dotted.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
        IntStream joined =
                IntStream.concat(
                        IntStream.of(40 * numbers[0] + numbers[1]), Arrays.stream(numbers).skip(2));
        return tagged(OBJECT_IDENTIFIER, joined.mapToObj(Der::base128).toArray(byte[][]::new));
    }

    static byte[] tagged(int tag, byte[]... parts) {
        int length = Stream.of(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.write(tag);
        if (length < 0x80) {
            form.write(length);
        } else {
            byte[] long0 = BigInteger.valueOf(length).toByteArray();
            int from = long0[0] == 0 ? 1 : 0;
            form.write(0x80 | (long0.length - from));
            form.write(long0, from, long0.length - from);
        }
        for (byte[] part : parts) {
            form.writeBytes(part);
        }
        return form.toByteArray();
    }

    private static byte[] base128(int number) {
        int groups = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(number) + 6) / 7);
        byte[] bytes = new byte[groups];
        for (int i = 0; i < groups; i++) {
            int group = (number >>> (7 * (groups - 1 - i))) & 0x7f;
            bytes[i] = (byte) (i < groups - 1 ? group | 0x80 : group);
        }
        return bytes;
    }
}
