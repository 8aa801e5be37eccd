package io.echorack.wire.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.echorack.model.Ceilings;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemGenerationException;
import org.jspecify.annotations.Nullable;

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

    private Pem() {}

    static List<X509Certificate> certificates(Path file) throws UnfitFile {
        return certificates(read(file));
    }

    static List<X509Certificate> certificates(String text) throws UnfitFile {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (Object part : parts(text)) {
                if (part instanceof X509CertificateHolder holder) {
                    certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
        } catch (CertificateException broken) {
            throw new UnfitFile("holds a certificate that can't be read");
        }
        if (certificates.isEmpty()) {
            throw new UnfitFile("holds no certificate in PEM form");
        }
        return certificates;
    }

    /// The first key: PKCS#8 (RFC 5958), or one of an older form that OpenSSL still writes.
    static PrivateKey key(Path file) throws UnfitFile {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        try {
            for (Object part : parts(read(file))) {
                switch (part) {
                    case PrivateKeyInfo key -> {
                        return converter.getPrivateKey(key);
                    }
                    case PEMKeyPair pair -> {
                        return converter.getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
                            throw new UnfitFile(
                                    "holds an encrypted key; only a plain one can be used here");
                    default -> {}
                }
            }
        } catch (PEMException broken) {
            throw new UnfitFile("holds no key that can be read: RSA, EC or Ed25519");
        }
        throw new UnfitFile("holds no private key in PEM form");
    }

    static String text(X509Certificate certificate) {
        return written(certificate);
    }

    /// As PKCS#8: OpenSSL's older form of an EC key would leave out the curve.
    static String text(PrivateKey key) {
        try {
            return written(new JcaPKCS8Generator(key, null));
        } catch (PemGenerationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String written(Object part) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(part);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }

    /// What stands in it, in its order.
    private static List<Object> parts(String text) throws UnfitFile {
        List<Object> parts = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            @Nullable Object part = parser.readObject();
            while (part != null) {
                parts.add(part);
                part = parser.readObject();
            }
        } catch (IOException | RuntimeException broken) {
            throw new UnfitFile("holds what is not PEM");
        }
        return parts;
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
