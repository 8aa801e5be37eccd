package io.echorack.wire.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.echorack.model.Ceilings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certificates and keys in text (RFC 7468). What is said of a file that won't do never has a word of what it holds.
final class Pem {
    /// A file that is not what it should be, in words that go behind its name.
    static final class UnfitFile extends Exception {
        private static final long serialVersionUID = 1L;

        private final String why;

        UnfitFile(String why) {
            super(why);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";
    private static final List<String> KEY_KINDS = List.of("RSA", "EC", "EdDSA");

    private Pem() {}

    static List<X509Certificate> certificates(Path file) throws UnfitFile {
        return certificates(read(file));
    }

    static List<X509Certificate> certificates(String text) throws UnfitFile {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (byte[] der : blocks(text, CERTIFICATE)) {
                CertificateFactory factory = CertificateFactory.getInstance("X.509");
                certificates.add(
                        (X509Certificate)
                                factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        } catch (CertificateException broken) {
            throw new UnfitFile("holds a certificate that can't be read");
        }
        if (certificates.isEmpty()) {
            throw new UnfitFile("holds no certificate in PEM form");
        }
        return certificates;
    }

    static PrivateKey key(Path file) throws UnfitFile {
        String text = read(file);
        List<byte[]> keys = blocks(text, KEY);
        if (keys.isEmpty()) {
            throw new UnfitFile(whyNoKey(text));
        }
        return KEY_KINDS.stream()
                .flatMap(kind -> key(kind, keys.getFirst()).stream())
                .findFirst()
                .orElseThrow(
                        () -> new UnfitFile("holds no key that can be read: RSA, EC or Ed25519"));
    }

    static String text(X509Certificate certificate) {
        try {
            return text(CERTIFICATE, certificate.getEncoded());
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String text(PrivateKey key) {
        return text(KEY, key.getEncoded());
    }

    private static String text(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
    }

    private static Optional<PrivateKey> key(String kind, byte[] pkcs8) {
        try {
            return Optional.of(
                    KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (InvalidKeySpecException ofAnotherKind) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String whyNoKey(String text) {
        if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")
                || text.contains("Proc-Type: 4,ENCRYPTED")) {
            return "holds an encrypted key; only a plain one can be used here";
        }
        if (text.contains("-----BEGIN RSA PRIVATE KEY-----")
                || text.contains("-----BEGIN EC PRIVATE KEY-----")) {
            return "holds a key that is not PKCS#8: `openssl pkcs8 -topk8 -nocrypt` makes it so";
        }
        return "holds no private key in PEM form";
    }

    private static List<byte[]> blocks(String text, String label) throws UnfitFile {
        Pattern block =
                Pattern.compile(
                        "-----BEGIN %s-----([A-Za-z0-9+/=\\s]*+)-----END %s-----"
                                .formatted(label, label));
        List<byte[]> blocks = new ArrayList<>();
        Matcher found = block.matcher(text);
        while (found.find()) {
            try {
                blocks.add(Base64.getMimeDecoder().decode(found.group(1).getBytes(US_ASCII)));
            } catch (IllegalArgumentException broken) {
                throw new UnfitFile("holds what is not base64");
            }
        }
        return blocks;
    }

    private static String read(Path file) throws UnfitFile {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            if (!is.isRegularFile()) {
                throw new UnfitFile("is not a file");
            }
            if (is.size() > Ceilings.PEM_BYTES) {
                throw new UnfitFile("is longer than %,d bytes".formatted(Ceilings.PEM_BYTES));
            }
            return Files.readString(file, ISO_8859_1);
        } catch (NoSuchFileException none) {
            throw new UnfitFile("is not there");
        } catch (AccessDeniedException denied) {
            throw new UnfitFile("can't be read: permission denied");
        } catch (IOException failed) {
            throw new UnfitFile("can't be read");
        }
    }
}
