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
import io.echorack.wire.tls.ClientSaidLast;
import io.echorack.wire.tls.TlsFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
    private final Line line;
    private final Conversation conversation;
    private final Ending ending;
    private final Departure departure;
    private final Dialogue dialogue;
    private final Speech speech;
    private final IdleWatch idle;

    TcpConnection(
            TcpServer server,
            SocketChannel channel,
            Line line,
            Conversation conversation,
            Framing framing,
            long ordinal) {
        this.server = server;
        this.channel = channel;
        this.line = line;
        this.conversation = conversation;
        TcpSocket socket = TcpSocket.of(channel, line);
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
    public void act(ConnectionAct act) {
        channel.eventLoop().submit(() -> perform(act)).syncUninterruptibly();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        server.opened(this);
        look();
        speak();
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
        switch (event) {
            case SslHandshakeCompletionEvent shaken when shaken.isSuccess() -> {
                conversation.secured(line.session());
                speak();
            }
            case SslHandshakeCompletionEvent failed -> handshakeFailed(failed.cause());
            case SslCloseCompletionEvent said when said.isSuccess() -> clientEnds("");
            case ClientSaidLast _ -> clientEnds("");
            case ChannelInputShutdownEvent _ when !line.isUp() -> line.cut();
            case ChannelInputShutdownEvent _ -> clientEnds(line.remarkOnFin());
            default -> {}
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Optional<TlsFailure> failure = TlsFailure.in(cause);
        if (failure.isPresent()) {
            // The handler of TLS has sent its alert and closes.
            ending.byTls(failure.get());
        } else if (cause instanceof IOException) {
            ending.byNetwork();
            line.cut();
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

    private void perform(ConnectionAct act) {
        if (!channel.isActive() || ending.hasBegun()) {
            throw new Problem(Problem.Code.NOT_RUNNING, name() + " is closed or about to be.");
        }
        if (!line.isUp()) {
            throw new Problem(
                    Problem.Code.NOT_RUNNING, name() + " has its TLS handshake before it still.");
        }
        switch (act) {
            case ConnectionAct.Send(Payload payload) -> send(payload.bytes());
            case ConnectionAct.ShutdownOutput _ -> endOutput();
            case ConnectionAct.PauseRead _ -> dialogue.pause(true);
            case ConnectionAct.ResumeRead _ -> dialogue.pause(false);
        }
    }

    private void speak() {
        if (line.isUp()) {
            speech.goOn();
        }
    }

    /// It is told when it is seen; what is left over is known once all that is whole is answered.
    private void clientEnds(String remark) {
        departure.clientFin();
        if (!ending.hasBegun() && ending.clientEnds()) {
            conversation.look();
            dialogue.answerWhatIsWhole();
            boolean known = ending.hasBegun();
            OptionalLong leftover =
                    known ? OptionalLong.of(dialogue.leftover()) : OptionalLong.empty();
            conversation.halfClosed(Side.CLIENT, leftover, remark);
        }
    }

    private void handshakeFailed(Throwable cause) {
        boolean ours = ending.hasBegun() && ending.by() == Side.SERVER;
        TlsFailure failure = ours ? TlsFailure.ENDED : TlsFailure.of(cause, channel.pipeline());
        conversation.handshakeFailed(failure.sentence());
        ending.byTls(failure);
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
            departure.endOutput(
                    () -> conversation.halfClosed(Side.SERVER, OptionalLong.empty(), ""));
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
        speak();
    }

    private int idleMillis() {
        return channel.isOpen() ? server.spec().bears().idleMillis() : 0;
    }

    private void endIdle() {
        departure.now(CloseKind.IDLE_TIMEOUT, "nothing moved for %,d ms".formatted(idleMillis()));
    }
}
