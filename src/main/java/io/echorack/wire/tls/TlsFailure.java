package io.echorack.wire.tls;

import io.echorack.model.Ceilings;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Why TLS came to nothing.
///
/// @param byClient whether it was the client who gave up
/// @param sentence what a reader is told
public record TlsFailure(boolean byClient, String sentence) {
    public static final TlsFailure ENDED =
            ours("the server ended the connection before the handshake was through");

    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    /// What TLS has to say of this, if anything.
    public static Optional<TlsFailure> in(Throwable cause) {
        Throwable told =
                cause instanceof DecoderException && cause.getCause() != null
                        ? cause.getCause()
                        : cause;
        return told instanceof SSLException ? Optional.of(of(told)) : Optional.empty();
    }

    /// Why a handshake failed on a channel with this pipeline.
    public static TlsFailure of(Throwable cause, ChannelPipeline pipeline) {
        @Nullable LastWord word = pipeline.get(LastWord.class);
        OptionalInt alert = word == null ? OptionalInt.empty() : word.alert();
        return alert.isPresent()
                ? new TlsFailure(true, ofAlert(name(alert.getAsInt())))
                : of(cause);
    }

    /// Why a handshake failed.
    private static TlsFailure of(Throwable cause) {
        return switch (cause) {
            case ClosedChannelException _ ->
                    new TlsFailure(true, "the client was gone before the handshake was through");
            case SslHandshakeTimeoutException _ ->
                    ours(
                            "the handshake was not through within %,d ms"
                                    .formatted(Ceilings.TLS_HANDSHAKE_MILLIS));
            // Its message is what came, in hex.
            case NotSslRecordException _ ->
                    ours("what came is not TLS: the client speaks plain text, or another protocol");
            default -> ofMessage(String.valueOf(cause.getMessage()));
        };
    }

    private static TlsFailure ofMessage(String message) {
        Matcher alert = ALERT.matcher(message);
        if (alert.find()) {
            return new TlsFailure(true, ofAlert(alert.group(1)));
        }
        String plainly = plainly(message);
        return ours(plainly.isEmpty() ? message : plainly + " (" + message + ")");
    }

    /// What a client gave up by (RFC 8446 §6.2).
    private static String ofAlert(String alert) {
        String plainly =
                switch (alert) {
                    case "unknown_ca",
                            "bad_certificate",
                            "certificate_unknown",
                            "certificate_expired",
                            "unsupported_certificate" ->
                            "the client does not trust our certificate";
                    case "protocol_version" -> "the client takes no version of TLS that we offer";
                    case "no_application_protocol" ->
                            "the client speaks no protocol that we do (ALPN)";
                    default -> "the client gave up";
                };
        return plainly + " (its alert: " + alert + ")";
    }

    /// The alerts that clients give up by before they have keys.
    private static String name(int alert) {
        return switch (alert) {
            case 0 -> "close_notify";
            case 40 -> "handshake_failure";
            case 42 -> "bad_certificate";
            case 43 -> "unsupported_certificate";
            case 45 -> "certificate_expired";
            case 46 -> "certificate_unknown";
            case 48 -> "unknown_ca";
            case 70 -> "protocol_version";
            case 90 -> "user_canceled";
            default -> Integer.toString(alert);
        };
    }

    /// The engine's own words begin with the alert that went to the client.
    private static String plainly(String message) {
        if (message.contains("Empty client certificate chain")) {
            return "the client showed no certificate, and one is needed";
        }
        if (message.contains("PKIX") || message.contains("certificate_unknown")) {
            return "the client's certificate does not lead to one of clientCaFile";
        }
        if (message.contains("protocol_version")) {
            return "the client offers no version of TLS that this server takes";
        }
        if (message.contains("no_application_protocol")) {
            return "the client speaks no protocol that this server does (ALPN)";
        }
        if (message.contains("no cipher suites in common")) {
            return "client and server have no cipher in common";
        }
        return "";
    }

    private static TlsFailure ours(String sentence) {
        return new TlsFailure(false, sentence);
    }
}
