package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.function.Predicate;

/// A viewer on a plain socket (RFC 6455), which reads when it is told to and not before.
final class ViewerClient implements AutoCloseable {
    private static final int RECEIVE_BYTES = 64 * 1024;
    private static final int LAST = 0x80;
    private static final int KIND = 0x0f;
    private static final int TEXT = 1;
    private static final int MASKED = 0x80;
    private static final int SHORT = 126;
    private static final int LONG = 127;

    private final Socket socket;
    private final DataInputStream in;

    ViewerClient(int port) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BYTES);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout((int) Running.PATIENCE.toMillis());
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        String upgrade =
                """
                GET /api/v1/stream HTTP/1.1\r
                Host: 127.0.0.1\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r
                """;
        socket.getOutputStream().write(upgrade.getBytes(UTF_8));
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.toString());
        }
    }

    /// A short text frame; clients mask, with a key of nothing here.
    void send(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        java.io.ByteArrayOutputStream frame = new java.io.ByteArrayOutputStream();
        frame.write(LAST | TEXT);
        if (bytes.length < SHORT) {
            frame.write(MASKED | bytes.length);
        } else {
            frame.write(MASKED | SHORT);
            frame.write(bytes.length >> 8);
            frame.write(bytes.length);
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(bytes);
        socket.getOutputStream().write(frame.toByteArray());
    }

    /// The next message, whole, however many frames it came in; it is held against the document.
    JsonNode next() throws IOException {
        java.io.ByteArrayOutputStream message = new java.io.ByteArrayOutputStream();
        while (true) {
            int first = in.readUnsignedByte();
            long length = in.readUnsignedByte();
            length =
                    length == SHORT
                            ? in.readUnsignedShort()
                            : length == LONG ? in.readLong() : length;
            byte[] bytes = in.readNBytes(Math.toIntExact(length));
            int kind = first & KIND;
            if (kind <= TEXT) {
                message.writeBytes(bytes);
                if ((first & LAST) != 0) {
                    Contract.holdMessage("MessageToViewer", message.toString(UTF_8));
                    return Running.tree(message.toString(UTF_8));
                }
            }
        }
    }

    /// The first message that is so.
    JsonNode until(Predicate<JsonNode> isSo) throws IOException {
        long end = System.nanoTime() + Running.PATIENCE.toNanos();
        JsonNode message = next();
        while (!isSo.test(message)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Last heard: " + message);
            }
            message = next();
        }
        return message;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
