package io.echorack.http;

import io.echorack.json.ProblemJson;
import io.echorack.model.Problem;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// What Jetty refuses before any route sees it, a header too long for one, is problem+json too.
final class BareErrors extends ErrorHandler {
    private static final int FIRST_OF_THE_SERVER = 500;

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        Problem problem =
                status >= FIRST_OF_THE_SERVER
                        ? new Problem(
                                Problem.Code.INTERNAL, "The program failed; its log says how.")
                        : new Problem(
                                Problem.Code.BAD_REQUEST,
                                "The request is not right HTTP: "
                                        + (message == null ? status : message)
                                        + ".");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemJson.CONTENT_TYPE);
        Content.Sink.write(response, true, ProblemJson.of(problem, status), callback);
    }
}
