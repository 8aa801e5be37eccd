package io.echorack.http.stream;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/// The way to one viewer: one frame at a time, each waited for.
///
/// Thread: its viewer's.
final class Line {
    /// How long a viewer may take nothing before it is closed.
    static final int PATIENCE_SECONDS = 30;

    private final Session session;

    Line(Session session) {
        this.session = session;
    }

    boolean isOpen() {
        return session.isOpen();
    }

    void send(String text) throws IOException, InterruptedException {
        CompletableFuture<Void> through = new CompletableFuture<>();
        session.sendText(
                text, Callback.from(() -> through.complete(null), through::completeExceptionally));
        try {
            through.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException gone) {
            throw new IOException("The viewer is gone", gone.getCause());
        } catch (TimeoutException stalled) {
            throw new IOException(
                    "The viewer took nothing for " + PATIENCE_SECONDS + " s", stalled);
        }
    }

    /// Ends it without waiting for the other side.
    void drop() {
        session.disconnect();
    }
}
