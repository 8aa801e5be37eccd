package io.echorack.echo.tcp;

import io.echorack.echo.behavior.Party;
import io.echorack.echo.books.Conversation;
import io.echorack.model.spec.Framing;
import io.echorack.wire.FrameCutter;

/// A client of a TCP server, as the one who answers sees it.
///
/// Thread: its connection's.
public record TcpParty(
        Conversation conversation, Backlog backlog, Framing framing, Runnable hangsUp)
        implements Party {

    @Override
    public long firstRead() {
        return backlog.firstRead();
    }

    @Override
    public long lastRead() {
        return backlog.lastRead();
    }

    @Override
    public byte[] framed(byte[] content) {
        return FrameCutter.wrap(framing, content).orElse(content);
    }

    @Override
    public void hangUp() {
        hangsUp.run();
    }
}
