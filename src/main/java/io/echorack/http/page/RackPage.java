package io.echorack.http.page;

import java.util.List;

/// The page as its templates see it.
public record RackPage(
        Language language,
        Messages messages,
        List<ServerLine> servers,
        String serversJson,
        boolean signedIn) {
    /// The parts that have a style of their own, each a file of that name.
    private static final List<String> STYLED =
            List.of(
                    "topBar",
                    "banner",
                    "serverList",
                    "serverHead",
                    "trafficLog",
                    "trafficFilter",
                    "trafficRow",
                    "eventDetail",
                    "connections",
                    "settings",
                    "connection",
                    "lanes",
                    "laneDetail",
                    "lifeLine",
                    "whatIf",
                    "byteStream",
                    "serverForm",
                    "probe",
                    "runForm",
                    "runList",
                    "runTable",
                    "runHead",
                    "runFigures",
                    "runHistogram",
                    "confirm",
                    "keys",
                    "foot",
                    "watching");

    public RackPage {
        servers = List.copyOf(servers);
    }

    static RackPage of(PageSource source, boolean signedIn, Language language) {
        return new RackPage(
                language, Messages.in(language), source.servers(), source.serversJson(), signedIn);
    }

    public String text(String key) {
        return messages.text(key);
    }

    /// A text for a count, which the template's key names without `.one` or `.other`.
    public String text(String key, int count) {
        String form = count == 1 ? ".one" : ".other";
        return messages.text(key + form).replace("{count}", Integer.toString(count));
    }

    public List<String> styledParts() {
        return STYLED;
    }

    /// The texts for the modules, safe inside a data block.
    public String messagesBlock() {
        return DataBlock.safe(DataBlock.of(messages.texts()));
    }

    /// The servers for the modules, safe inside a data block.
    public String serversBlock() {
        return DataBlock.safe(serversJson);
    }
}
