package io.echorack.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.echorack.model.spec.Cidr;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Blocks of addresses.
class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "192.168.7.128/25, 192.168.7.127, false",
        "192.168.7.128/25, 192.168.7.255, true",
        "192.168.7.1/32, 192.168.7.1, true",
        "192.168.7.1, 192.168.7.2, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "::1, ::1, true",
        "2001:db8::/33, 2001:db8:7fff::, true",
        "2001:db8::/33, 2001:db8:8000::, false",
        "::/0, 2001:db8::1, true"
    })
    void holds(String block, String address, boolean holds) {
        assertEquals(holds, new Cidr(block).holds(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "/8",
                "10.0.0.0/8/8",
                "::/129",
                "fe80::1%eth0",
                "localhost",
                "10.0.0.0/08x",
                "10..0.0"
            })
    void isNoBlock(String text) {
        assertThrows(Problem.class, () -> new Cidr(text));
    }
}
