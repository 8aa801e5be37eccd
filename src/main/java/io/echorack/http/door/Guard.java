package io.echorack.http.door;

import io.echorack.model.Address;
import io.echorack.model.Problem;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Stands in front of everything, WebSocket upgrades too: what comes from a page that is not ours goes no further, so
/// that no stranger's page drives the rack with its reader's cookie.
///
/// Bound to loopback, neither does what is not for a loopback name: a name that a stranger's DNS points here makes his
/// page look like ours. Elsewhere any name may be the right one, and the token keeps such a page out: a browser gives
/// no cookie of ours to another name.
public final class Guard extends Handler.Wrapper {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final boolean loopbackOnly;

    public Guard(boolean loopbackOnly) {
        this.loopbackOnly = loopbackOnly;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders()
                .put("Content-Security-Policy", POLICY)
                .put("X-Content-Type-Options", "nosniff")
                .put("Referrer-Policy", "same-origin")
                .put("Cross-Origin-Opener-Policy", "same-origin")
                .put("Cross-Origin-Resource-Policy", "same-origin");
        String refusal = refusal(request);
        return refusal.isEmpty()
                ? super.handle(request, response, callback)
                : Refusal.write(response, callback, Problem.Code.FORBIDDEN_ORIGIN, refusal);
    }

    /// Why a request goes no further; empty where it does.
    private String refusal(Request request) {
        List<String> hosts = request.getHeaders().getValuesList(HttpHeader.HOST);
        @Nullable String asked = request.getHttpURI().getHost();
        if (hosts.size() != 1 || asked == null) {
            return "A request must have one Host header.";
        }
        String host = hosts.getFirst();
        if (loopbackOnly && !(Address.isLoopback(asked) && Address.isLoopback(withoutPort(host)))) {
            return "The Host header must name this machine: localhost, 127.0.0.1 or [::1].";
        }
        List<HttpField> origins = request.getHeaders().getFields(HttpHeader.ORIGIN);
        return origins.stream().allMatch(origin -> isOwn(origin.getValue(), host))
                        || isFreeToCome(request)
                ? ""
                : "The Origin must be this program's own page, http://" + host + ".";
    }

    /// Where others reach the program, something in front of it may well speak TLS with them.
    private boolean isOwn(String origin, String host) {
        return origin.equalsIgnoreCase("http://" + host)
                || (!loopbackOnly && origin.equalsIgnoreCase("https://" + host));
    }

    /// No page sends a token in a header of its own accord; what does is a program, or knows the token anyway.
    private boolean isFreeToCome(Request request) {
        return !loopbackOnly && Bearer.of(request).isPresent();
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }
}
