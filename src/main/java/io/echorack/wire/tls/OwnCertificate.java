package io.echorack.wire.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/// Makes a certificate that signs itself (RFC 5280 §4), for servers alone, on a P-256 key. The JDK makes none, and a
/// library for this one form would be larger than all others together.
final class OwnCertificate {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    private static final X500Principal NAME = new X500Principal("CN=Echorack");

    /// Clocks differ; and browsers take none that is good for much more than a year.
    private static final Duration BEFORE = Duration.ofDays(1);

    private static final Duration GOOD_FOR = Duration.ofDays(365);

    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;

    private OwnCertificate() {}

    /// @param host what the server listens on; where that is every address, it is good for each that there is now
    static Credentials make(String host) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = keys.generateKeyPair();
            byte[] content = content(pair.getPublic().getEncoded(), host);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            byte[] whole = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
            X509Certificate certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(whole));
            return new Credentials(pair.getPrivate(), List.of(certificate));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] content(byte[] publicKey, String host) throws GeneralSecurityException {
        Instant from = Instant.now().minus(BEFORE);
        return Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(120, new SecureRandom()).setBit(120)),
                ECDSA_WITH_SHA256,
                NAME.getEncoded(),
                Der.sequence(Der.time(from), Der.time(from.plus(GOOD_FOR))),
                NAME.getEncoded(),
                publicKey,
                Der.tagged(
                        0xa3,
                        Der.sequence(
                                // basicConstraints: no authority
                                critical("2.5.29.19", Der.sequence()),
                                // keyUsage: digitalSignature
                                critical("2.5.29.15", Der.bits(7, new byte[] {(byte) 0x80})),
                                // extKeyUsage: serverAuth
                                extension("2.5.29.37", Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))),
                                extension("2.5.29.14", Der.octets(identifier(publicKey))),
                                extension("2.5.29.17", Der.sequence(names(host))))));
    }

    private static byte[] critical(String oid, byte[] value) {
        return Der.sequence(
                Der.oid(oid), Der.tagged(0x01, new byte[] {(byte) 0xff}), Der.octets(value));
    }

    private static byte[] extension(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), Der.octets(value));
    }

    /// A key's identifier: 160 bits of a hash (RFC 7093 §2).
    private static byte[] identifier(byte[] publicKey) throws GeneralSecurityException {
        return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(publicKey), 20);
    }

    private static byte[][] names(String host) {
        Stream<byte[]> names =
                Stream.of("localhost", machine())
                        .filter(name -> name.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?"))
                        .distinct()
                        .map(name -> Der.tagged(DNS_NAME, name.getBytes(US_ASCII)));
        Stream<byte[]> addresses =
                addresses(host).stream()
                        .map(address -> Der.tagged(IP_ADDRESS, address.getAddress()));
        return Stream.concat(names, addresses).toArray(byte[][]::new);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException nameless) {
            return "";
        }
    }

    private static Set<InetAddress> addresses(String host) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        addresses.add(InetAddress.ofLiteral("127.0.0.1"));
        addresses.add(InetAddress.ofLiteral("::1"));
        if (host.equals("localhost")) {
            return addresses;
        }
        InetAddress asked = InetAddress.ofLiteral(host);
        if (asked.isAnyLocalAddress()) {
            addresses.addAll(allOfThisMachine());
        } else {
            addresses.add(asked);
        }
        return addresses;
    }

    private static List<InetAddress> allOfThisMachine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress())
                    .toList();
        } catch (SocketException unknown) {
            return List.of();
        }
    }
}
