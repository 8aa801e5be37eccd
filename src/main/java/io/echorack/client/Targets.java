package io.echorack.client;

import io.echorack.model.Address;
import io.echorack.model.Problem;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.IntSupplier;

/// Where a test client may fire: loopback, by the address that a name resolves to, and never at the program's own
/// control port.
public final class Targets {
    private final IntSupplier controlPort;

    public Targets(IntSupplier controlPort) {
        this.controlPort = controlPort;
    }

    /// The address to fire at, which no later look-up changes; a `Problem` where it is not allowed.
    public InetSocketAddress allowed(String host, int port) {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw Problem.invalid(
                    List.of(new Problem.Field("/target/host", "can't be resolved to an address")));
        }
        if (!address.isLoopbackAddress()) {
            throw new Problem(
                    Problem.Code.TARGET_NOT_ALLOWED,
                    host
                            + " is "
                            + Address.text(address)
                            + ", which is not loopback: test clients fire at loopback only.");
        }
        if (port == controlPort.getAsInt()) {
            throw new Problem(
                    Problem.Code.TARGET_NOT_ALLOWED,
                    "Port "
                            + port
                            + " is this program's own control port: test clients never fire at it.");
        }
        return new InetSocketAddress(address, port);
    }
}
