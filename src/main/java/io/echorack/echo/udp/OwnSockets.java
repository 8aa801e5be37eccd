package io.echorack.echo.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The sockets of our UDP servers, so that none of them answers another for ever.
///
/// Thread: any.
public final class OwnSockets {
    private final Set<InetSocketAddress> bound = ConcurrentHashMap.newKeySet();
    private final AtomicLong changes = new AtomicLong();

    void add(InetSocketAddress address) {
        bound.add(address);
        changes.incrementAndGet();
    }

    void remove(InetSocketAddress address) {
        bound.remove(address);
        changes.incrementAndGet();
    }

    /// Rises with every change: what was found out before may be wrong then.
    long changes() {
        return changes.get();
    }

    boolean holds(InetSocketAddress sender) {
        InetAddress address = sender.getAddress();
        for (InetSocketAddress one : bound) {
            if (one.getPort() == sender.getPort()) {
                InetAddress here = one.getAddress();
                if (here.equals(address) || (here.isAnyLocalAddress() && isOurs(address))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOurs(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
