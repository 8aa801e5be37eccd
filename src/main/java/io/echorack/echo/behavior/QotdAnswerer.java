package io.echorack.echo.behavior;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/// The quote of the day (RFC 865): one for each day, of printable ASCII and far below 512 characters.
final class QotdAnswerer extends OnceAnswerer {
    private static final List<String> QUOTES =
            List.of(
                    "A stream has no messages; whoever sees them has drawn the lines.",
                    "One send is not one receive. Ask the bytes, they never promised it.",
                    "A datagram arrives whole, or not at all, or twice.",
                    "The port is taken because something already listens to you.",
                    "Half-closed is half-open, seen from the side that still talks.",
                    "A time-out is a question that nobody answered.",
                    "Who closes first waits longest.",
                    "The buffer was never full until the reader stopped.",
                    "What the network duplicates, the application must know twice.",
                    "Localhost is the only place without distance.");

    @Override
    byte[] say() {
        int day = (int) (LocalDate.now(ZoneId.systemDefault()).toEpochDay() % QUOTES.size());
        return (QUOTES.get(day) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
