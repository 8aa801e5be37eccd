package io.echorack.echo.tcp;

import io.echorack.echo.books.Conversation;
import io.echorack.echo.books.Conversations;
import io.echorack.echo.loop.Snug;
import io.echorack.model.Problem;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionAct;
import io.echorack.model.engine.ConnectionView.Side;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Payload;
import io.echorack.model.traffic.Origin;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/// One TCP connection: what the socket tells, and what becomes of it.
///
/// A client that does not take its answers is not read from. One that ends its output still gets every answer, then
/// our FIN (RFC 9293 §3.6).
///
/// Thread: its loop.
final class TcpConnection extends ChannelInboundHandlerAdapter implements Conversations.Open {
    private final TcpServer server;
    private final SocketChannel channel;
    private final Conversation conversation;
    private final Ending ending;
    private final Departure departure;
    private final Dialogue dialogue;
    private final Speech speech;
    private final IdleWatch idle;

    TcpConnection(
            TcpServer server,
            SocketChannel channel,
            Conversation conversation,
            Framing framing,
            long ordinal) {
        this.server = server;
        this.channel = channel;
        this.conversation = conversation;
        TcpSocket socket = TcpSocket.of(channel);
        ending = socket.ending();
        departure = socket.departure();
        dialogue = new Dialogue(server, socket, conversation, framing, ordinal, this::goOn);
        speech = new Speech(socket, server::answerer, dialogue);
        idle =
                new IdleWatch(
                        channel.eventLoop(), this::idleMillis, dialogue::untaken, this::endIdle);
    }

    @Override
    public Conversation conversation() {
        return conversation;
    }

    @Override
    public void close(CloseKind how) {
        channel.eventLoop().execute(() -> departure.now(how, ""));
    }

    @Override
    public EventLoop loop() {
        return channel.eventLoop();
    }

    @Override
    public void act(ConnectionAct act) {
        if (!channel.isActive() || ending.hasBegun()) {
            throw new Problem(Problem.Code.NOT_RUNNING, name() + " is closed or about to be.");
        }
        switch (act) {
            case ConnectionAct.Send(Payload payload) -> send(payload.bytes());
            case ConnectionAct.ShutdownOutput _ -> endOutput();
            case ConnectionAct.PauseRead _ -> dialogue.pause(true);
            case ConnectionAct.ResumeRead _ -> dialogue.pause(false);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        server.opened(this);
        look();
        speech.goOn();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = Snug.fit((ByteBuf) message, context.alloc());
        idle.moved(conversation.look());
        if (ending.hasBegun()) {
            bytes.release();
        } else {
            dialogue.take(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        dialogue.rest();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        goOn();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof ChannelInputShutdownEvent)) {
            return;
        }
        departure.clientFin();
        if (!ending.hasBegun() && ending.clientEnds()) {
            conversation.look();
            dialogue.answerWhatIsWhole();
            tellHalfClose();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            ending.byNetwork();
            channel.close();
        } else {
            server.surprise(cause);
            departure.now(CloseKind.RST, "the program failed: " + cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        long leftover = dialogue.leftover();
        dialogue.release();
        idle.end();
        conversation.closed(ending.by(), ending.kind(), leftover, ending.reason());
        server.closed(this);
    }

    /// Limits or faults have changed.
    void specChanged() {
        channel.eventLoop().execute(this::look);
    }

    private void send(byte[] bytes) {
        if (bytes.length == 0) {
            throw Problem.invalid(List.of(new Problem.Field("", "has no bytes to send")));
        }
        if (ending.hasOutputEnded()) {
            throw new Problem(
                    Problem.Code.NOT_RUNNING,
                    name() + " takes nothing more from us: its output was shut down.");
        }
        if (!channel.isWritable()) {
            throw new Problem(
                    Problem.Code.LIMIT_REACHED,
                    name() + " has yet to take what was sent before: 64 KiB or more wait.");
        }
        idle.moved(conversation.look());
        dialogue.send(Unpooled.wrappedBuffer(bytes));
    }

    private void endOutput() {
        if (ending.outputEnds()) {
            conversation.look();
            departure.endOutput(() -> conversation.halfClosed(Side.SERVER, OptionalLong.empty()));
            dialogue.goOn();
        }
    }

    private String name() {
        return Origin.connectionName(conversation.number());
    }

    private void look() {
        if (channel.isOpen()) {
            idle.look();
            dialogue.look();
        }
    }

    private void goOn() {
        dialogue.goOn();
        speech.goOn();
    }

    private int idleMillis() {
        return channel.isOpen() ? server.spec().bears().idleMillis() : 0;
    }

    private void endIdle() {
        departure.now(CloseKind.IDLE_TIMEOUT, "nothing moved for %,d ms".formatted(idleMillis()));
    }

    /// The client's FIN is told when it is seen; what is left over is known once all that is whole is answered.
    private void tellHalfClose() {
        conversation.halfClosed(
                Side.CLIENT,
                ending.hasBegun() ? OptionalLong.of(dialogue.leftover()) : OptionalLong.empty());
    }
}
