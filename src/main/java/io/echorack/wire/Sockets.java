package io.echorack.wire;

import io.echorack.model.Ceilings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import java.util.concurrent.atomic.AtomicInteger;

/// The sockets that servers, their connections and test clients have open, all together, and how many they may have.
///
/// Where a process has no descriptor left, it can't answer its page, write its store or load a class either. So the
/// ceiling stays below the process's own limit (RLIMIT_NOFILE, getrlimit(2)) by what the program needs for itself.
///
/// Thread: any.
public final class Sockets {
    private final AtomicInteger open = new AtomicInteger();
    private volatile int ceiling = Ceilings.SOCKETS;

    /// Sets the ceiling by what is free now; to be called when the program has opened all that it keeps open for
    /// itself, and no server yet.
    public void reserve() {
        ceiling = under(Descriptors.limit(), Descriptors.open());
    }

    /// The ceiling under a process's limit, of which so many are in use.
    static int under(long limit, long inUse) {
        long left = limit - inUse - Ceilings.HTTP_CONNECTIONS - Ceilings.SPARE_DESCRIPTORS;
        return Math.clamp(left, 1, Ceilings.SOCKETS);
    }

    public int ceiling() {
        return ceiling;
    }

    public int open() {
        return open.get();
    }

    /// Counts a socket that is there already until it closes; false where it is one too many.
    public boolean admit(Channel channel) {
        if (!take()) {
            return false;
        }
        channel.closeFuture().addListener(_ -> give());
        return true;
    }

    /// The same factory, but each socket counts until it closes, and there are none past the ceiling.
    public <C extends Channel> ChannelFactory<C> counted(ChannelFactory<? extends C> factory) {
        return () -> {
            if (!take()) {
                throw new NoneLeft(ceiling);
            }
            C channel;
            try {
                channel = factory.newChannel();
            } catch (RuntimeException | Error unmade) {
                give();
                throw unmade;
            }
            channel.closeFuture().addListener(_ -> give());
            return channel;
        };
    }

    /// Takes the place of one; false where there is none left.
    public boolean take() {
        int most = ceiling;
        return open.getAndUpdate(now -> now < most ? now + 1 : now) < most;
    }

    /// Gives a place back.
    public void give() {
        open.decrementAndGet();
    }

    /// Why one more can't be.
    public String whyNot() {
        return why(ceiling);
    }

    private static String why(int ceiling) {
        return "all %,d sockets that the process has descriptors for (`ulimit -n`) are open"
                .formatted(ceiling);
    }

    /// One socket too many was asked for.
    static final class NoneLeft extends ChannelException {
        private static final long serialVersionUID = 1;

        private NoneLeft(int ceiling) {
            super(why(ceiling));
        }
    }
}
