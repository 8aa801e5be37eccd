package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;

/// HTTP written by hand, for what a well-behaved client would not send.
final class Raw {
    private Raw() {}

    /// Sends these lines and takes the beginning of the answer.
    static String request(int port, String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(UTF_8));
            byte[] answer = new byte[4_096];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, length), UTF_8);
        }
    }
}
