package io.echorack.echo.behavior;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The date and the time, in the first of the two forms that RFC 867 proposes: `Sunday, November 22, 2026 17:37:43-CET`.
final class DaytimeAnswerer extends OnceAnswerer {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEEE, MMMM d, yyyy HH:mm:ss-zzz'\r\n'", Locale.US);

    @Override
    byte[] say() {
        return FORM.format(ZonedDateTime.now(ZoneId.systemDefault()))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
