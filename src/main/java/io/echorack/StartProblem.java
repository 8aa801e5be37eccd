package io.echorack;

import java.net.BindException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A start that the machine doesn't allow, a port taken for one: exit 1, with this sentence.
final class StartProblem extends Exception {
    private static final long serialVersionUID = 1;

    /// More causes than this are a circle.
    private static final int MOST_CAUSES = 20;

    StartProblem(String sentence) {
        super(sentence);
    }

    StartProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /// The sentence for a port that couldn't be bound; empty if that isn't what went wrong.
    static Optional<StartProblem> ofBind(Settings settings, Throwable problem) {
        return Stream.<Throwable>iterate(problem, one -> one != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(BindException.class::isInstance)
                .findFirst()
                .map(cause -> new StartProblem(bindSentence(settings, cause), problem));
    }

    private static String bindSentence(Settings settings, Throwable cause) {
        String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        String place = "Port " + settings.port() + " on " + settings.host();
        if (reason.contains("permission")) {
            return place
                    + " is reserved for the system's own programs. Choose one above 1023 with --port.";
        }
        if (reason.contains("assign")) {
            return settings.host()
                    + " is not an address of this machine. Choose another with --host.";
        }
        return place
                + " is in use by another program. Choose another with --port, or --port 0 for any free one.";
    }
}
