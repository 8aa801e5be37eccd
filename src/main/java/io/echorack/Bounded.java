package io.echorack;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A task that is given up after a while, so that nothing that hangs holds up an end.
final class Bounded {
    private Bounded() {}

    /// Throws [TimeoutException] if the task had to be left behind, in a daemon thread that ends with the program.
    static void run(String name, Duration limit, Task task)
            throws ExecutionException, TimeoutException, InterruptedException {
        FutureTask<Boolean> future =
                new FutureTask<>(() -> {
                    task.run();
                    return true;
                });
        Thread.ofPlatform().name(name).daemon().start(future);
        future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Something to do that may fail.
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }
}
