package io.echorack.client;

import io.netty.channel.ChannelException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;

/// Why an exchange could not go on.
///
/// @param kind a word to count it by
/// @param sentence what a reader is told
record Failure(String kind, String sentence) {
    private static final String REFUSED = "connectionRefused";
    private static final String UNREACHABLE = "portUnreachable";

    static final Failure CLOSED =
            new Failure("connectionClosed", "The target ended the connection first.");
    static final Failure UNANSWERED =
            new Failure("unanswered", "The target left too many messages unanswered.");

    static Failure of(Throwable cause, boolean datagram) {
        Throwable told =
                cause instanceof DecoderException && cause.getCause() != null
                        ? cause.getCause()
                        : cause;
        if (told instanceof SSLException) {
            return tls(told);
        }
        // Netty tells a timeout as a kind of refusal, so it stands first.
        return switch (cause) {
            case ConnectTimeoutException _ ->
                    new Failure("connectTimeout", "The connection could not be made in time.");
            case PortUnreachableException _ -> unreachable();
            case ConnectException _ when datagram -> unreachable();
            case ConnectException _ ->
                    new Failure(REFUSED, "Nobody listens there: the connection was refused.");
            case ClosedChannelException _ -> CLOSED;
            case DecoderException cut ->
                    new Failure(
                            "invalidFrame",
                            "What came back can't be cut by the framing: " + cut.getMessage());
            case ChannelException none ->
                    new Failure("noSocket", "No socket is left for it: " + none.getMessage() + ".");
            default ->
                    String.valueOf(cause.getMessage()).contains("reset")
                            ? new Failure(
                                    "connectionReset", "The target reset the connection (RST).")
                            : new Failure("network", String.valueOf(cause.getMessage()));
        };
    }

    /// Of bytes that are no TLS the message is the bytes.
    private static Failure tls(Throwable cause) {
        return new Failure(
                "tls",
                cause instanceof NotSslRecordException
                        ? "What came back is not TLS."
                        : "TLS could not be agreed on: " + cause.getMessage());
    }

    boolean nobodyListens() {
        return kind.equals(REFUSED) || kind.equals(UNREACHABLE);
    }

    private static Failure unreachable() {
        return new Failure(
                UNREACHABLE, "Nobody listens there: the answer was ICMP port unreachable.");
    }
}
