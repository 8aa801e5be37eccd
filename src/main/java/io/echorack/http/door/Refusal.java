package io.echorack.http.door;

import io.echorack.json.ProblemJson;
import io.echorack.model.Problem;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The answer to a request that goes no further.
final class Refusal {
    static final String SECONDS_TO_WAIT = "1";

    private Refusal() {}

    static boolean write(Response response, Callback callback, Problem.Code code, String sentence) {
        Problem problem = new Problem(code, sentence);
        response.setStatus(ProblemJson.status(code));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemJson.CONTENT_TYPE);
        Content.Sink.write(response, true, ProblemJson.of(problem), callback);
        return true;
    }
}
