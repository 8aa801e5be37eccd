package io.echorack.http.door;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/// The token in a request's `Authorization` header (RFC 6750 §2.1).
final class Bearer {
    static final String SCHEME = "Bearer";

    private Bearer() {}

    static Optional<String> of(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME + " ", 0, SCHEME.length() + 1)
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }
}
