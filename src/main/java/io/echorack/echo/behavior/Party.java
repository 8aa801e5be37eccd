package io.echorack.echo.behavior;

import java.net.InetSocketAddress;

/// The other side of a conversation, as an answerer sees it while it answers.
///
/// Thread: the conversation's loop.
public interface Party {
    InetSocketAddress peer();

    InetSocketAddress local();

    /// The message's number in this conversation, counted from 1.
    long message();

    /// The reads that brought the message, counted from 1.
    long firstRead();

    long lastRead();

    /// Puts this conversation's framing around a content of another length than the message's.
    byte[] framed(byte[] content);

    /// Ends the conversation behind what is still to be sent.
    void hangUp();
}
