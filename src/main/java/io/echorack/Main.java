package io.echorack;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/// The command line: starts the rack, says where it is, and closes it when the program is told to end.
final class Main {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    /// How long an end may take: what isn't closed by then is left to the system.
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private static final Duration REHEARSING = Duration.ofSeconds(30);

    private Main() {}

    static void main(String[] words) {
        run(words).ifPresent(System::exit);
    }

    /// The exit code; empty while it serves.
    private static OptionalInt run(String[] words) {
        try {
            Options options = Arguments.read(words);
            if (options.help) {
                System.out.println(Arguments.help());
            } else if (options.version) {
                System.out.println("Echorack " + Echorack.version());
            } else if (options.rehearse) {
                Bounded.run("rehearsal", REHEARSING, Rehearsal::play);
            } else {
                serve(options.settings(System.getenv()));
                return OptionalInt.empty();
            }
            return OptionalInt.of(DONE);
        } catch (UsageProblem problem) {
            System.err.println(problem.getMessage());
            System.err.println("See ./echorack --help.");
            return OptionalInt.of(MISUSED);
        } catch (StartProblem problem) {
            System.err.println(problem.getMessage());
            return OptionalInt.of(FAILED);
        } catch (Exception problem) {
            LoggerFactory.getLogger(Main.class).error("Echorack could not start", problem);
            return OptionalInt.of(FAILED);
        }
    }

    private static void serve(Settings settings) throws Exception {
        DataFolder data = DataFolder.hold(settings.data());
        Echorack echorack = start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(echorack, data), "end"));
        data.tell(echorack.link());
        System.out.println(Greeting.of(settings, echorack.link()).text());
        if (settings.open()) {
            open(echorack.linkToOpen());
        }
    }

    private static Echorack start(Settings settings) throws Exception {
        try {
            return Echorack.start(settings);
        } catch (Exception problem) {
            throw StartProblem.ofBind(settings, problem)
                    .<Exception>map(told -> told)
                    .orElse(problem);
        }
    }

    private static void open(URI link) {
        try {
            Browser.open(link);
        } catch (IOException problem) {
            System.err.println("No browser could be opened here: the link is for you to open.");
        }
    }

    private static void end(Echorack echorack, DataFolder data) {
        try {
            Bounded.run("closing", CLOSING, echorack::close);
            data.close();
        } catch (TimeoutException problem) {
            System.err.println("Not everything was closed in time; the system closes the rest.");
        } catch (ExecutionException | InterruptedException problem) {
            LoggerFactory.getLogger(Main.class).error("Echorack did not close cleanly", problem);
        }
    }
}
