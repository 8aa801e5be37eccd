package io.echorack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpHeaders;

/// HTTP written by hand, for what a well-behaved client would not send.
final class Raw {
    private static final String END_OF_HEAD = "\r\n\r\n";

    private Raw() {}

    /// Sends these lines and takes the answer, which is held against the document. Of a body whose length is not told
    /// only the beginning is taken.
    static String request(int port, String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((String.join("\r\n", lines) + END_OF_HEAD).getBytes(UTF_8));
            String answer = answer(socket.getInputStream());
            hold(lines[0].split(" ", 3), answer);
            return answer;
        }
    }

    private static String answer(InputStream from) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().contains(END_OF_HEAD)) {
            int next = from.read();
            if (next < 0) {
                return answer.toString();
            }
            answer.append((char) next);
        }
        int length =
                (int)
                        Contract.headers(answer.toString())
                                .firstValueAsLong("Content-Length")
                                .orElse(0);
        return answer.append(new String(from.readNBytes(length), UTF_8)).toString();
    }

    private static void hold(String[] asked, String answer) {
        String[] parts = answer.split(END_OF_HEAD, 2);
        HttpHeaders headers = Contract.headers(parts[0]);
        Contract.hold(
                new Contract.Exchange(
                        asked[0],
                        asked[1],
                        "",
                        "",
                        Integer.parseInt(parts[0].split(" ", 3)[1]),
                        headers,
                        parts[1],
                        headers.firstValue("Content-Length").isPresent()));
    }
}
