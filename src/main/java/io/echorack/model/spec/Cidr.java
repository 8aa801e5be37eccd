package io.echorack.model.spec;

import io.echorack.model.Check;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A block of addresses in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3): `10.0.0.0/8`, `fd00::/8`; without a prefix
/// length, one address.
public final class Cidr {
    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F.:]+)(?:/(\\d{1,3}))?");

    private final String text;
    private final byte[] base;
    private final int bits;

    public Cidr(String text) {
        Matcher parts = FORM.matcher(text);
        byte[] address = parts.matches() ? address(parts.group(1)) : new byte[0];
        int most = address.length * Byte.SIZE;
        int prefix = most == 0 || parts.group(2) == null ? most : Integer.parseInt(parts.group(2));
        new Check()
                .that(
                        most > 0 && prefix <= most,
                        "",
                        "must be an address or a block such as 10.0.0.0/8 or fd00::/8")
                .done();
        this.text = text;
        base = address;
        bits = prefix;
    }

    public String text() {
        return text;
    }

    public boolean holds(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != base.length) {
            return false;
        }
        int left = bits;
        for (int i = 0; left > 0; i++, left -= Byte.SIZE) {
            int mask = left >= Byte.SIZE ? 0xff : 0xff << (Byte.SIZE - left);
            if (((bytes[i] ^ base[i]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr block && block.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static byte[] address(String text) {
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException noAddress) {
            return new byte[0];
        }
    }
}
