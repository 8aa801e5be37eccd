package io.echorack.http;

import io.echorack.model.Problem;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Stands in front of everything, WebSocket upgrades too: whose request is not for a loopback name, or comes from a
/// page that is not ours, goes no further. So neither a name that a stranger's DNS points here nor a stranger's page
/// can drive the rack.
final class Guard extends Handler.Wrapper {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders()
                .put("Content-Security-Policy", POLICY)
                .put("X-Content-Type-Options", "nosniff")
                .put("Referrer-Policy", "no-referrer")
                .put("Cross-Origin-Opener-Policy", "same-origin")
                .put("Cross-Origin-Resource-Policy", "same-origin");
        String refusal = refusal(request);
        if (refusal.isEmpty()) {
            return super.handle(request, response, callback);
        }
        refuse(response, callback, refusal);
        return true;
    }

    /// Why a request goes no further; empty where it does.
    private static String refusal(Request request) {
        List<String> hosts = request.getHeaders().getValuesList(HttpHeader.HOST);
        @Nullable String asked = request.getHttpURI().getHost();
        if (hosts.size() != 1
                || asked == null
                || !isLoopback(asked)
                || !isLoopback(withoutPort(hosts.getFirst()))) {
            return "The Host header must name this machine: localhost, 127.0.0.1 or [::1].";
        }
        List<HttpField> origins = request.getHeaders().getFields(HttpHeader.ORIGIN);
        String own = "http://" + hosts.getFirst();
        boolean ours = origins.stream().allMatch(origin -> own.equalsIgnoreCase(origin.getValue()));
        return ours ? "" : "The Origin must be this program's own page, " + own + ".";
    }

    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost")) {
            return true;
        }
        try {
            String literal =
                    name.startsWith("[") && name.endsWith("]")
                            ? name.substring(1, name.length() - 1)
                            : name;
            return InetAddress.ofLiteral(literal).isLoopbackAddress();
        } catch (IllegalArgumentException otherName) {
            return false;
        }
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    private static void refuse(Response response, Callback callback, String sentence) {
        Problem problem = new Problem(Problem.Code.FORBIDDEN_ORIGIN, sentence);
        response.setStatus(Problems.status(problem.code()));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problems.CONTENT_TYPE);
        Content.Sink.write(response, true, Problems.json(problem), callback);
    }
}
