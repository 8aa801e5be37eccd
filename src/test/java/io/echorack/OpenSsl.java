package io.echorack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The command `openssl`, which is nobody's of ours.
final class OpenSsl {
    /// What it wrote to both its outputs, and how it ended.
    record Outcome(int exit, String text) {}

    private final Path folder;

    OpenSsl(Path folder) {
        this.folder = folder;
    }

    Outcome run(String... words) {
        return given("", words);
    }

    /// Gives it this on its input, and then the input's end.
    Outcome given(String input, String... words) {
        try {
            Path said = Files.createTempFile(folder, "said", ".txt");
            Process openssl =
                    new ProcessBuilder(
                                    Stream.concat(Stream.of("openssl"), Stream.of(words)).toList())
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
            try (OutputStream in = openssl.getOutputStream()) {
                in.write(input.getBytes(ISO_8859_1));
            } catch (IOException over) {
                // It may have ended before it read all.
                assert !over.toString().isEmpty();
            }
            if (!openssl.waitFor(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                openssl.destroyForcibly();
                throw new AssertionError(
                        List.of(words) + " goes on: " + Files.readString(said, ISO_8859_1));
            }
            return new Outcome(openssl.exitValue(), Files.readString(said, ISO_8859_1));
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(List.of(words).toString(), failed);
        }
    }

    /// A key and a certificate that signs itself, `name-key.pem` and `name.pem`.
    void certify(String name, String algorithm) {
        made(
                "req",
                "-x509",
                "-newkey",
                algorithm,
                "-pkeyopt",
                algorithm.equals("rsa") ? "rsa_keygen_bits:2048" : "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                name + "-key.pem",
                "-out",
                name + ".pem",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=DNS:localhost");
    }

    /// A key and a certificate that another one's key has signed.
    void certify(String name, String by, String curve) {
        made(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:" + curve,
                "-nodes",
                "-keyout",
                name + "-key.pem",
                "-out",
                name + ".csr",
                "-subj",
                "/CN=" + name);
        made(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                by + ".pem",
                "-CAkey",
                by + "-key.pem",
                "-CAcreateserial",
                "-days",
                "2",
                "-out",
                name + ".pem");
    }

    void made(String... words) {
        Outcome outcome = run(words);
        if (outcome.exit() != 0) {
            throw new AssertionError(outcome.text());
        }
    }
}
