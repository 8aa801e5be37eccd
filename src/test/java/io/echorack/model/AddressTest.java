package io.echorack.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples of RFC 5952, and our own addresses.
class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8:0:0:0:0:0:0, 2001:db8::",
    })
    void anAddressIsAsShortAsItMayBe(String given, String text) {
        InetAddress address = InetAddress.ofLiteral(given);
        assertEquals(text, Address.text(address));
        String bracketed = text.contains(":") ? "[" + text + "]" : text;
        assertEquals(bracketed + ":80", Address.text(new InetSocketAddress(address, 80)));
    }
}
