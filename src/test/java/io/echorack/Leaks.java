package io.echorack;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// Fails the build where a buffer was let go of without being released: Netty's leak detector tells of one when the
/// collector has found it, and here somebody listens.
///
/// JUnit finds it through `META-INF/services`.
public final class Leaks implements LauncherSessionListener {
    private static final int ROUNDS = 5;
    private static final int SETTLE_NANOS = 50_000_000;

    private final Queue<String> found = new ConcurrentLinkedQueue<>();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        ByteBufUtil.setLeakListener((kind, records) -> found.add(kind + records));
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
            throw new AssertionError("Leaks are not looked for: see argLine in pom.xml");
        }
        search();
        if (!found.isEmpty()) {
            throw new AssertionError("Buffers leaked:\n" + String.join("\n", found));
        }
    }

    /// What the collector has found is told when the next buffer is taken.
    private static void search() {
        for (int round = 0; round < ROUNDS; round++) {
            System.gc();
            LockSupport.parkNanos(SETTLE_NANOS);
            PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
    }
}
