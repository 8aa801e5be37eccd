package io.echorack.model.spec;

import io.echorack.model.Check;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A block of addresses in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3): `10.0.0.0/8`, `fd00::/8`; without a prefix
/// length, one address.
public record Cidr(String text) {
    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F.:]+)(?:/(\\d{1,3}))?");

    public Cidr {
        new Check()
                .that(
                        isBlock(text),
                        "",
                        "must be an address or a block such as 10.0.0.0/8 or fd00::/8")
                .done();
    }

    public boolean holds(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] base = base().getAddress();
        if (bytes.length != base.length) {
            return false;
        }
        int left = prefix();
        for (int i = 0; left > 0; i++, left -= Byte.SIZE) {
            int mask = left >= Byte.SIZE ? 0xff : 0xff << (Byte.SIZE - left);
            if (((bytes[i] ^ base[i]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private InetAddress base() {
        return InetAddress.ofLiteral(text.split("/", 2)[0]);
    }

    private int prefix() {
        int slash = text.indexOf('/');
        return slash < 0
                ? base().getAddress().length * Byte.SIZE
                : Integer.parseInt(text.substring(slash + 1));
    }

    private static boolean isBlock(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        try {
            int bits = InetAddress.ofLiteral(parts.group(1)).getAddress().length * Byte.SIZE;
            return parts.group(2) == null || Integer.parseInt(parts.group(2)) <= bits;
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
