package io.echorack.wire;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.util.concurrent.ThreadAwareExecutor;

/// Netty's epoll, but a socket that waits for nothing at the moment stays registered.
///
/// Netty 4.2.18 takes such a socket out of the epoll set (EPOLL_CTL_DEL) and forgets that it did: the next wish, for
/// EPOLLOUT say, is an EPOLL_CTL_MOD that fails with ENOENT and costs the connection the rest of its answers. It needs a
/// client that has ended its output and takes its answers slowly. Here such a socket waits edge-triggered for nothing
/// (epoll(7)), so that an error or hang-up is told once and never in a circle.
///
/// Thread: its loop.
final class SteadyEpoll implements IoHandler {
    private final IoHandler epoll;

    private SteadyEpoll(IoHandler epoll) {
        this.epoll = epoll;
    }

    static IoHandlerFactory newFactory() {
        IoHandlerFactory factory = EpollIoHandler.newFactory();
        return new IoHandlerFactory() {
            @Override
            public IoHandler newHandler(ThreadAwareExecutor executor) {
                return new SteadyEpoll(factory.newHandler(executor));
            }

            @Override
            public boolean isChangingThreadSupported() {
                return factory.isChangingThreadSupported();
            }
        };
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return epoll.run(context);
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new SteadyRegistration(epoll.register(handle));
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return epoll.isCompatible(handleType);
    }

    /// A socket's place in the epoll set, kept from its first wish to its close.
    private static final class SteadyRegistration implements IoRegistration {
        private final IoRegistration registration;
        private boolean added;

        private SteadyRegistration(IoRegistration registration) {
            this.registration = registration;
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's signature
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public long submit(IoOps wish) {
            boolean none = wish instanceof EpollIoOps ops && ops.equals(EpollIoOps.NONE);
            added |= !none;
            return registration.submit(none && added ? EpollIoOps.EPOLLET : wish);
        }

        @Override
        public boolean isValid() {
            return registration.isValid();
        }

        @Override
        public boolean cancel() {
            return registration.cancel();
        }
    }
}
