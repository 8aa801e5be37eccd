package io.echorack.model.engine;

import java.time.Instant;
import java.util.List;

/// The certificate that a running server shows. Its key is nowhere to be had.
///
/// @param certificateSha256 the SHA-256 of its DER form, in hex
/// @param names the host names and addresses that it is good for
/// @param pem it and those that lead to it
public record Certificate(
        String certificateSha256,
        String subject,
        String issuer,
        Instant notBefore,
        Instant notAfter,
        List<String> names,
        String pem) {}
