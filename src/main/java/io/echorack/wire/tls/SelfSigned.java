package io.echorack.wire.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificates that sign themselves, one for each address that servers listen on, kept in a folder that is this
/// user's alone: who has trusted one does so once, and not again at every start.
///
/// Thread: any, one at a time.
public final class SelfSigned {
    private static final Logger LOG = LoggerFactory.getLogger(SelfSigned.class);

    /// One that ends sooner than that is made anew at a start.
    private static final Duration LEFT = Duration.ofDays(30);

    private final Path folder;

    public SelfSigned(Path folder) {
        this.folder = folder;
    }

    /// The key and the certificate of servers on that address.
    synchronized Credentials of(String host) {
        Path file = folder.resolve(host.replace(':', '-') + ".pem");
        try {
            Credentials kept = new Credentials(Pem.key(file), Pem.certificates(file));
            if (kept.fit() && isLongGood(kept)) {
                return kept;
            }
        } catch (Pem.UnfitFile none) {
            LOG.debug("{} {}", file, none.why());
        }
        Credentials made = OwnCertificate.make(host);
        try {
            keep(made, file);
        } catch (IOException unkept) {
            LOG.warn(
                    "A certificate could not be kept: there will be another at the next start",
                    unkept);
        }
        return made;
    }

    private static boolean isLongGood(Credentials kept) {
        Instant now = Instant.now();
        return kept.certificate().getNotBefore().toInstant().isBefore(now)
                && kept.certificate().getNotAfter().toInstant().isAfter(now.plus(LEFT));
    }

    /// It is there whole or not at all, and never to be read by others.
    private void keep(Credentials made, Path file) throws IOException {
        Files.createDirectories(folder);
        // Java makes it readable for its owner alone.
        Path written = Files.createTempFile(folder, "new", ".pem");
        Files.writeString(written, Pem.text(made.certificate()) + Pem.text(made.key()), US_ASCII);
        Files.move(
                written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
