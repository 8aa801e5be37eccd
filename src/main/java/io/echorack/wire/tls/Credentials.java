package io.echorack.wire.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// A key, and the certificate that it belongs to with those that lead to it.
record Credentials(PrivateKey key, List<X509Certificate> chain) {
    X509Certificate certificate() {
        return chain.getFirst();
    }

    /// Whether the key is the certificate's: what the one signs, the other verifies.
    boolean fit() {
        byte[] anything = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(algorithm());
            signature.initSign(key);
            signature.update(anything);
            byte[] signed = signature.sign();
            signature.initVerify(certificate().getPublicKey());
            signature.update(anything);
            return signature.verify(signed);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    /// Whether each certificate leads to the next.
    boolean lead() {
        return IntStream.range(1, chain.size())
                        .allMatch(next ->
                                chain.get(next)
                                        .getSubjectX500Principal()
                                        .equals(chain.get(next - 1).getIssuerX500Principal()))
                && Set.copyOf(chain).size() == chain.size();
    }

    private String algorithm() {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
