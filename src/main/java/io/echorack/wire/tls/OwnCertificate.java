package io.echorack.wire.tls;

import io.echorack.model.Address;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes a certificate that signs itself (RFC 5280 §4), for servers alone, on a P-256 key.
final class OwnCertificate {
    private static final X500Principal NAME = new X500Principal("CN=Echorack");

    /// Clocks differ; and browsers take none that is good for much more than a year.
    private static final Duration BEFORE = Duration.ofDays(1);

    private static final Duration GOOD_FOR = Duration.ofDays(365);

    private OwnCertificate() {}

    /// @param host what the server listens on; where that is every address, it is good for each that there is now
    static Credentials make(String host) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = keys.generateKeyPair();
            X509Certificate certificate = signed(pair, host);
            return new Credentials(pair.getPrivate(), List.of(certificate));
        } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static X509Certificate signed(KeyPair pair, String host)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        Instant from = Instant.now().minus(BEFORE);
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        X509v3CertificateBuilder certificate =
                new JcaX509v3CertificateBuilder(
                                NAME,
                                new BigInteger(120, new SecureRandom()).setBit(120),
                                Date.from(from),
                                Date.from(from.plus(GOOD_FOR)),
                                NAME,
                                pair.getPublic())
                        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                        .addExtension(
                                Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                        .addExtension(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                        .addExtension(
                                Extension.subjectKeyIdentifier,
                                false,
                                identifiers.createSubjectKeyIdentifier(pair.getPublic()))
                        .addExtension(Extension.subjectAlternativeName, false, names(host));
        return new JcaX509CertificateConverter()
                .getCertificate(
                        certificate.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(pair.getPrivate())));
    }

    private static GeneralNames names(String host) {
        Stream<GeneralName> names =
                Stream.of("localhost", machine())
                        .filter(name -> name.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?"))
                        .distinct()
                        .map(name -> new GeneralName(GeneralName.dNSName, name));
        Stream<GeneralName> addresses =
                addresses(host).stream()
                        .map(address ->
                                new GeneralName(GeneralName.iPAddress, Address.text(address)));
        return new GeneralNames(Stream.concat(names, addresses).toArray(GeneralName[]::new));
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
