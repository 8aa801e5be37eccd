package io.echorack.echo.behavior;

import io.echorack.echo.books.Conversation;
import java.net.InetSocketAddress;
import java.util.Objects;

/// The other side of a conversation, as an answerer sees it while it answers.
///
/// Thread: the conversation's loop.
public interface Party {
    Conversation conversation();

    default InetSocketAddress peer() {
        return Objects.requireNonNull(conversation().origin().peer());
    }

    default InetSocketAddress local() {
        return Objects.requireNonNull(conversation().origin().local());
    }

    /// The message's number in this conversation, counted from 1.
    default long message() {
        return conversation().messages();
    }

    /// The reads that brought the message, counted from 1.
    long firstRead();

    long lastRead();

    /// Puts this conversation's framing around a content of another length than the message's.
    byte[] framed(byte[] content);

    /// Ends the conversation behind what is still to be sent.
    void hangUp();
}
