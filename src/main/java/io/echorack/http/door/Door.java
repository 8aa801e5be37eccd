package io.echorack.http.door;

import io.echorack.model.Problem;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Lets in who shows the token: as a `Bearer`, or by the cookie that a browser got for it. Others see whether the
/// program is well, and the page to sign in at.
public final class Door extends Handler.Wrapper {
    private static final Set<String> OPEN = Set.of("/health", "/ready", SignIn.PATH);
    private static final String OPEN_FILES = "/static/";

    private final Lock lock;

    public Door(Lock lock) {
        this.lock = lock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (isOpen(request.getHttpURI())) {
            return super.handle(request, response, callback);
        }
        if (bringsToken(request)) {
            return super.handle(atSignIn(request), response, callback);
        }
        return switch (outcome(request)) {
            case OPENED -> super.handle(request, response, callback);
            case REFUSED -> {
                if (isBrowser(request)) {
                    yield super.handle(atSignIn(request), response, callback);
                }
                response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, Bearer.SCHEME);
                yield Refusal.write(
                        response,
                        callback,
                        Problem.Code.UNAUTHORIZED,
                        "This needs the program's token, as \"Authorization: Bearer TOKEN\".");
            }
            case TOO_MANY_TRIES -> {
                response.getHeaders().put(HttpHeader.RETRY_AFTER, Refusal.SECONDS_TO_WAIT);
                yield Refusal.write(
                        response,
                        callback,
                        Problem.Code.LIMIT_REACHED,
                        "Too many wrong tokens came from this address. Try again in a second.");
            }
        };
    }

    /// A path that is not written as it is meant, with `..` in it for one, is not open.
    private static boolean isOpen(HttpURI uri) {
        String path = String.valueOf(uri.getPath());
        return path.equals(uri.getCanonicalPath())
                && (OPEN.contains(path) || path.startsWith(OPEN_FILES));
    }

    /// The header alone counts where there is one: the guard does not ask such a request where it comes from.
    private Lock.Outcome outcome(Request request) {
        String address = Request.getRemoteAddr(request);
        return Bearer.of(request)
                .map(tried -> lock.tryToken(tried, address))
                .orElseGet(() -> lock.tryPasses(Pass.shown(request), address));
    }

    /// The link that the start prints: `/?token=…`.
    private static boolean bringsToken(Request request) {
        return isGet(request)
                && "/".equals(request.getHttpURI().getPath())
                && Request.extractQueryParameters(request).getValue(SignIn.TOKEN) != null;
    }

    private static boolean isBrowser(Request request) {
        return isGet(request)
                && !String.valueOf(request.getHttpURI().getCanonicalPath()).startsWith("/api/")
                && String.valueOf(request.getHeaders().get(HttpHeader.ACCEPT))
                        .contains("text/html");
    }

    private static boolean isGet(Request request) {
        return HttpMethod.GET.is(request.getMethod());
    }

    private static Request atSignIn(Request request) {
        return Request.serveAs(
                request, HttpURI.build(request.getHttpURI()).path(SignIn.PATH).asImmutable());
    }
}
