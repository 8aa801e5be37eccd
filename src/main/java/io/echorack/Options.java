package io.echorack;

import io.echorack.http.door.Token;
import io.echorack.model.Address;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What the command line says, and the environment where the command line is silent.
@Command(
        name = "echorack",
        customSynopsis =
                "./echorack [--port PORT] [--host ADDRESS] [--data FOLDER] [--token TOKEN] [--transport NAME] [--open]",
        description = {
            "",
            "A rack of TCP and UDP echo servers, with a dashboard in the browser and REST.",
            ""
        },
        optionListHeading = "Options:%n",
        sortOptions = false,
        usageHelpWidth = 96,
        footer = {
            "",
            "A flag beats its variable, a variable beats the default.",
            "ECHORACK_JAVA_OPTS adds options for Java, after the launcher's own: -Xmx1g, for example.",
            "",
            "Examples:",
            "  ./echorack                             serve at http://127.0.0.1:7070/",
            "  ./echorack --port 0 --open             take a free port, and open the browser there",
            "  ./echorack --data /tmp/rack --port 0   a second rack beside the first",
            "  ./echorack --host 0.0.0.0              serve to other machines too, with a token",
            "  ECHORACK_PORT=8080 ./echorack          the same by environment",
            "",
            "Exits with 1 if it can't start, with 2 if it is asked for something that can't be."
        })
final class Options {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "Where the dashboard listens; 0 takes a free one. ECHORACK_PORT; default 7070.")
    @Nullable String port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "The address it listens on; 0.0.0.0 for all. Other than on loopback, a token is asked for."
                            + " ECHORACK_HOST; default 127.0.0.1.")
    @Nullable String host;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "Where the rack is kept. ECHORACK_DATA; default $XDG_DATA_HOME/echorack, else"
                            + " ~/.local/share/echorack; on macOS ~/Library/Application Support/Echorack.")
    @Nullable String data;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "What callers must know, 16 characters or more. Better given as ECHORACK_TOKEN: others on this"
                            + " machine can read the command line. Default: one is made and shown where others"
                            + " can reach the program, and none is asked for on loopback.")
    @Nullable String token;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description =
                    "How it does network I/O: epoll, io_uring, nio, or auto for the best, which is epoll on Linux and nio"
                            + " elsewhere. ECHORACK_TRANSPORT; default auto.")
    @Nullable String transport;

    @Option(
            names = "--open",
            negatable = true,
            description =
                    "Open the browser at the link. ECHORACK_OPEN (true or false); default false.")
    @Nullable Boolean open;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text and end.")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version and end.")
    boolean version;

    /// The launcher's: serve once, to nobody, so that Java learns which classes a start loads.
    @Option(names = "--rehearse", hidden = true)
    boolean rehearse;

    /// Throws [UsageProblem] for the first value that can't be, naming the flag or the variable it came from.
    Settings settings(Map<String, String> environment) {
        Given givenHost = given("host", host, Settings.DEFAULT_HOST, environment);
        Given givenPort = given("port", port, Integer.toString(Settings.DEFAULT_PORT), environment);
        Given givenData =
                given("data", data, DataFolder.standard(environment).toString(), environment);
        Given givenOpen =
                given("open", open == null ? null : open.toString(), "false", environment);
        Given givenTransport = given("transport", transport, "auto", environment);
        return new Settings(
                Settings.requireAddress(givenHost.name, givenHost.value),
                Settings.requirePort(givenPort.name, givenPort.value),
                folder(givenData),
                truth(givenOpen),
                token(givenHost.value, environment),
                Settings.requireTransport(givenTransport.name, givenTransport.value));
    }

    /// What is wrong with one is said without saying the token.
    private @Nullable Token token(String host, Map<String, String> environment) {
        Given given = given("token", token, "", environment);
        if (token == null && given.value.isEmpty()) {
            return Address.isLoopback(host) ? null : Token.make();
        }
        try {
            return new Token(given.value, false);
        } catch (IllegalArgumentException problem) {
            throw new UsageProblem(given.name + " " + problem.getMessage() + ".");
        }
    }

    private static Given given(
            String option,
            @Nullable String onCommandLine,
            String otherwise,
            Map<String, String> environment) {
        if (onCommandLine != null) {
            return new Given("--" + option, onCommandLine);
        }
        String variable = "ECHORACK_" + option.toUpperCase(Locale.ROOT);
        String inEnvironment = environment.getOrDefault(variable, "");
        return new Given(variable, inEnvironment.isEmpty() ? otherwise : inEnvironment);
    }

    private static Path folder(Given given) {
        if (given.value.isBlank()) {
            throw new UsageProblem(given.name + " is empty, but it must name a folder.");
        }
        try {
            return Path.of(given.value).toAbsolutePath().normalize();
        } catch (InvalidPathException problem) {
            throw new UsageProblem(
                    given.name + " can't name a folder: " + problem.getMessage() + ".");
        }
    }

    private static boolean truth(Given given) {
        return switch (given.value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default ->
                    throw new UsageProblem(
                            given.name
                                    + " is \""
                                    + given.value
                                    + "\", but it must be true or false.");
        };
    }

    /// A value, and the flag or variable that a complaint about it names.
    private record Given(String name, String value) {}
}
