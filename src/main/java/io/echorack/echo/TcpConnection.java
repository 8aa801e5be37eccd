package io.echorack.echo;

import io.echorack.model.engine.CloseKind;
import io.echorack.model.spec.ServerSpec;
import io.echorack.wire.FrameCutter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One TCP connection: reads become messages, messages become answers.
///
/// ```
///            read                 cut                  answer
/// kernel ──────────► Backlog ──────────► message ──────────► socket
///    ▲                                                         │
///    └──────────── not read while the answers wait ◄───────────┘
/// ```
/// A client that does not take its answers is not read from. One that ends its output still gets every answer, then
/// our FIN (RFC 9293 §3.6).
///
/// Thread: its loop.
final class TcpConnection extends ChannelInboundHandlerAdapter implements Conversations.Open {
    /// How long our own end waits for a client to take what is still to be sent, in seconds.
    private static final int LONGEST_END = 5;

    private final TcpServer server;
    private final SocketChannel channel;
    private final Conversation conversation;
    private final FrameCutter cutter;
    private final Backlog backlog = new Backlog();
    private final Outbox outbox;
    private final IdleWatch idle;
    private final Ending ending = new Ending();
    private boolean cutting;
    private long waiting;

    TcpConnection(
            TcpServer server,
            SocketChannel channel,
            Conversation conversation,
            FrameCutter cutter) {
        this.server = server;
        this.channel = channel;
        this.conversation = conversation;
        this.cutter = cutter;
        outbox = new Outbox(channel);
        idle = new IdleWatch(channel.eventLoop(), this::idleMillis, this::unsent, this::endIdle);
    }

    @Override
    public Conversation conversation() {
        return conversation;
    }

    @Override
    public void close(CloseKind how) {
        channel.eventLoop().execute(() -> end(how, ""));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        server.opened(this);
        idle.look();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = Snug.fit((ByteBuf) message, context.alloc());
        idle.moved(conversation.look());
        if (ending.hasBegun()) {
            bytes.release();
            return;
        }
        long number = conversation.read(bytes, server.spec().captures().bytes());
        backlog.add(number, bytes, context.alloc());
        answerWhatIsWhole();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        backlog.trim();
        channel.flush();
        countWaiting();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        conversation.look();
        answerWhatIsWhole();
        channel.flush();
        countWaiting();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent
                && !ending.hasBegun()
                && ending.clientEnds()) {
            conversation.look();
            answerWhatIsWhole();
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
            end(CloseKind.RST, "the program failed: " + cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        long leftover = backlog.size();
        backlog.release();
        outbox.release();
        server.hold(-waiting);
        idle.end();
        conversation.closed(ending.by(), ending.kind(), leftover, ending.reason());
        server.closed(this);
    }

    /// Ends it from our side: with RST at once, or with FIN behind what is still to be sent. The second time it does
    /// not wait for that, nor longer than a while in any case.
    void end(CloseKind how, String why) {
        if (!channel.isOpen()) {
            return;
        }
        boolean first = ending.byUs(how, why);
        if (how == CloseKind.RST) {
            channel.config().setSoLinger(0);
        }
        if (first && how != CloseKind.RST && how != CloseKind.IDLE_TIMEOUT) {
            closeBehindAnswers();
            channel.eventLoop().schedule(() -> channel.close(), LONGEST_END, TimeUnit.SECONDS);
        } else {
            channel.close();
        }
    }

    void limitsChanged() {
        channel.eventLoop().execute(idle::look);
    }

    private int idleMillis() {
        return channel.isOpen() ? server.spec().bears().idleMillis() : 0;
    }

    /// Bytes that the client has yet to take.
    private long unsent() {
        @Nullable ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }

    /// Bytes that wait to become a message count against what all connections may hold together.
    private void countWaiting() {
        long size = backlog.size();
        boolean fits = server.hold(size - waiting);
        waiting = size;
        conversation.waiting(size);
        if (!fits) {
            end(
                    CloseKind.LIMIT,
                    "messages that are not whole yet hold all the memory there is for them");
        }
    }

    private void endIdle() {
        end(CloseKind.IDLE_TIMEOUT, "nothing moved for %,d ms".formatted(idleMillis()));
    }

    /// Cuts and answers until nothing is whole any more, or the answers wait. A write may call back into here, hence
    /// the guard.
    private void answerWhatIsWhole() {
        if (cutting || ending.hasBegun()) {
            return;
        }
        cutting = true;
        try {
            while (outbox.takesMore() && answerNext()) {}
            outbox.send();
        } catch (TooLongFrameException tooLong) {
            long bound = server.spec().frames().bound();
            end(
                    CloseKind.FRAME_TOO_LONG,
                    "%s; maxFrameBytes is %,d".formatted(tooLong.getMessage(), bound));
        } catch (CorruptedFrameException impossible) {
            end(CloseKind.FRAME_INVALID, "a length prefix is shorter than itself");
        } finally {
            cutting = false;
        }
        if (ending.hasBegun()) {
            return;
        }
        boolean writable = channel.isWritable();
        channel.config().setAutoRead(writable);
        if (ending.hasClientEnded() && writable) {
            ending.afterClient();
            closeBehindAnswers();
        }
    }

    private boolean answerNext() {
        @Nullable ByteBuf message = backlog.cut(cutter);
        if (message == null) {
            return false;
        }
        ServerSpec spec = server.spec();
        conversation.frame(
                message,
                backlog.offset(),
                backlog.firstRead(),
                backlog.lastRead(),
                spec.captures().frameBytes());
        int content = message.readerIndex() + cutter.before();
        int length = message.readableBytes() - cutter.before() - cutter.after();
        @Nullable ByteBuf answer = server.answerer().answer(message, content, length);
        if (answer != null) {
            conversation.write(answer, spec.captures().bytes());
            outbox.add(answer, backlog.size());
        }
        return true;
    }

    /// The client's FIN is told when it is seen; what is left over is known once all that is whole is answered.
    private void tellHalfClose() {
        conversation.halfClosed(
                ending.hasBegun() ? OptionalLong.of(backlog.size()) : OptionalLong.empty());
    }

    private void closeBehindAnswers() {
        outbox.send();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
}
