package io.echorack.echo.blocking;

import io.echorack.model.Ceilings;
import io.echorack.model.spec.IoModel;
import io.echorack.model.traffic.Tap;
import io.echorack.wire.Sockets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What all servers with blocking sockets share: threads and what bounds them, a tap, and a clock for those who wait where they
/// can't look at one.
///
/// Thread: any.
public final class Crew implements AutoCloseable {
    private final Tap tap;
    private final Sockets sockets;
    private final ScheduledThreadPoolExecutor clock;
    private final Set<BlockingServer> servers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger platformThreads = new AtomicInteger();
    private final AtomicLong roomForReads = new AtomicLong();

    public Crew(Tap tap, Sockets sockets) {
        this.tap = tap;
        this.sockets = sockets;
        clock =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("echo-clock").daemon().factory());
        clock.setRemoveOnCancelPolicy(true);
        clock.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    Tap tap() {
        return tap;
    }

    Sockets sockets() {
        return sockets;
    }

    ScheduledThreadPoolExecutor clock() {
        return clock;
    }

    void add(BlockingServer server) {
        servers.add(server);
    }

    void remove(BlockingServer server) {
        servers.remove(server);
    }

    /// Does a connection's work as the model has it: on a thread of its own, or here and now.
    ///
    /// @param readBytes what a read of it may bring
    /// @return why there is no thread for it, or null
    @Nullable String give(IoModel model, String name, int readBytes, Runnable work) {
        if (roomForReads.addAndGet(readBytes) > Ceilings.WAITING_READ_BYTES) {
            roomForReads.addAndGet(-readBytes);
            return "the reads of threads that wait have all the memory there is for them, %,d bytes; readBufferBytes is what each takes"
                    .formatted(Ceilings.WAITING_READ_BYTES);
        }
        Runnable bounded =
                () -> {
                    try {
                        work.run();
                    } finally {
                        roomForReads.addAndGet(-readBytes);
                    }
                };
        return switch (model) {
            case THREAD_PER_CONNECTION -> onPlatformThread(name, bounded, readBytes);
            case VIRTUAL_THREADS -> {
                Thread.ofVirtual().name(name).start(bounded);
                yield null;
            }
            case ITERATIVE, EVENT_LOOP -> {
                bounded.run();
                yield null;
            }
        };
    }

    @Override
    public void close() {
        servers.forEach(BlockingServer::drop);
        clock.shutdownNow();
    }

    private @Nullable String onPlatformThread(String name, Runnable work, int readBytes) {
        if (platformThreads.incrementAndGet() <= Ceilings.CONNECTION_THREADS) {
            try {
                Thread.ofPlatform()
                        .name(name)
                        .daemon()
                        .start(() -> {
                            try {
                                work.run();
                            } finally {
                                platformThreads.decrementAndGet();
                            }
                        });
                return null;
            } catch (OutOfMemoryError noThread) {
                // The system's own bound, of a container for one, is below ours.
            }
        }
        platformThreads.decrementAndGet();
        roomForReads.addAndGet(-readBytes);
        return "there are no more threads of the system for connections; %,d is the most of all servers together"
                .formatted(Ceilings.CONNECTION_THREADS);
    }
}
