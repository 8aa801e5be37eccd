package io.echorack.echo.blocking;

import io.echorack.model.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Sends bytes that a caller gives. The caller hears at once whether they go; a thread for the purpose waits until the client has
/// taken them.
record ByHand(BlockingConnection connection, BlockingRoad road) {
    /// How long a turn of the connection's own thread may be waited for.
    private static final long PATIENCE_MILLIS = 1_000;

    void send(byte[] bytes) {
        if (bytes.length == 0) {
            throw Problem.invalid(List.of(new Problem.Field("", "has no bytes to send")));
        }
        CompletableFuture<Void> goes = new CompletableFuture<>();
        Thread.ofVirtual()
                .name("echo-send-" + connection.name())
                .start(() -> takeTurn(bytes, goes));
        try {
            goes.join();
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof Problem why) {
                throw why;
            }
            throw refused;
        }
    }

    private void takeTurn(byte[] bytes, CompletableFuture<Void> goes) {
        try {
            if (!connection.turn().takeWithin(PATIENCE_MILLIS)) {
                throw new Problem(
                        Problem.Code.LIMIT_REACHED,
                        connection.name()
                                + " has yet to take what was sent before: its thread waits in send(2).");
            }
            try {
                sendNow(bytes, goes);
            } finally {
                connection.turn().leave();
            }
        } catch (IOException | InterruptedException gone) {
            // The client is, which the connection's own thread reads.
        } catch (RuntimeException refused) {
            goes.completeExceptionally(refused);
        } finally {
            // Whatever happened, nobody waits for it any longer.
            goes.completeExceptionally(isClosed());
        }
    }

    private void sendNow(byte[] bytes, CompletableFuture<Void> goes) throws IOException {
        if (!connection.channel().isOpen() || connection.isOver()) {
            throw isClosed();
        }
        if (connection.ending().hasOutputEnded()) {
            throw new Problem(
                    Problem.Code.NOT_RUNNING,
                    connection.name() + " takes nothing more from us: its output was shut down.");
        }
        ByteBuf answer = Unpooled.wrappedBuffer(bytes);
        connection.conversation().look();
        road.tell(answer);
        goes.complete(null);
        road.write(answer);
    }

    private Problem isClosed() {
        return new Problem(
                Problem.Code.NOT_RUNNING, connection.name() + " is closed or about to be.");
    }
}
