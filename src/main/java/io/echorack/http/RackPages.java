package io.echorack.http;

import io.echorack.http.page.PageSource;
import io.echorack.http.page.ServerLine;
import io.echorack.json.Json;
import io.echorack.model.Address;
import io.echorack.model.engine.ServerView;
import io.echorack.rack.Rack;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/// What stands in the page's HTML: the rack as it is at that moment.
record RackPages(Rack rack, String version) implements PageSource {
    @Override
    public String serversJson() {
        return Json.write(Map.of("servers", rack.servers()));
    }

    @Override
    public List<ServerLine> servers() {
        return rack.servers().stream().map(RackPages::line).toList();
    }

    private static ServerLine line(ServerView server) {
        return new ServerLine(
                server.name(),
                server.spec().transport().text(),
                Address.text(new InetSocketAddress(server.status().host(), server.status().port())),
                server.status().state().text());
    }
}
