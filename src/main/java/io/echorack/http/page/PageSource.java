package io.echorack.http.page;

import java.util.List;

/// Where the page gets what stands in its HTML.
public interface PageSource {
    /// All servers, as `GET /api/v1/servers` answers them.
    String serversJson();

    /// The same servers as lines, for a reader without JavaScript and for the first paint.
    List<ServerLine> servers();

    String version();
}
