package io.echorack.echo;

import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.ConnectionView.Side;
import io.echorack.model.spec.ServerSpec;
import io.echorack.wire.FrameCutter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.io.IOException;
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
    private final IdleWatch idle;
    private boolean cutting;
    private boolean inputEnded;
    private boolean ending;
    private @Nullable Side closedBy;
    private CloseKind closeKind = CloseKind.FIN;
    private String reason = "";

    TcpConnection(
            TcpServer server,
            SocketChannel channel,
            Conversation conversation,
            FrameCutter cutter) {
        this.server = server;
        this.channel = channel;
        this.conversation = conversation;
        this.cutter = cutter;
        idle = new IdleWatch(channel.eventLoop(), this::idleMillis, this::endIdle);
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
        idle.moved();
        if (ending) {
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
        conversation.waiting(backlog.size());
        channel.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        idle.moved();
        answerWhatIsWhole();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !ending && !inputEnded) {
            inputEnded = true;
            answerWhatIsWhole();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            closedBy = closedBy == null ? Side.CLIENT : closedBy;
            closeKind = ending ? closeKind : CloseKind.RST;
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
        idle.end();
        if (closedBy == null) {
            closedBy = Side.CLIENT;
            closeKind = inputEnded ? CloseKind.FIN : CloseKind.RST;
        }
        conversation.closed(closedBy, closeKind, leftover, reason);
        server.closed(this);
    }

    /// Ends it from our side: with RST at once, or with FIN behind what is still to be sent. The second time it does
    /// not wait for that, nor longer than a while in any case.
    void end(CloseKind how, String why) {
        if (!channel.isOpen()) {
            return;
        }
        boolean waits = !ending && how != CloseKind.RST && how != CloseKind.IDLE_TIMEOUT;
        ending = true;
        closedBy = inputEnded ? Side.CLIENT : Side.SERVER;
        closeKind = how;
        reason = why;
        if (how == CloseKind.RST) {
            channel.config().setSoLinger(0);
        }
        if (waits) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            channel.eventLoop().schedule(() -> channel.close(), LONGEST_END, TimeUnit.SECONDS);
        } else {
            channel.close();
        }
    }

    /// The limits changed.
    void limitsChanged() {
        channel.eventLoop().execute(idle::look);
    }

    private int idleMillis() {
        return channel.isOpen() ? server.spec().bears().idleMillis() : 0;
    }

    private void endIdle() {
        end(CloseKind.IDLE_TIMEOUT, "nothing moved for %,d ms".formatted(idleMillis()));
    }

    /// Cuts and answers until nothing is whole any more, or the answers wait. A write may call back into here, hence
    /// the guard.
    private void answerWhatIsWhole() {
        if (cutting || ending) {
            return;
        }
        cutting = true;
        try {
            while (takesAnswers() && answerNext()) {}
        } catch (TooLongFrameException tooLong) {
            long bound = server.spec().frames().bound();
            end(
                    CloseKind.FRAME_TOO_LONG,
                    "a message is longer than maxFrameBytes, %,d".formatted(bound));
        } catch (CorruptedFrameException impossible) {
            end(CloseKind.FRAME_INVALID, "a length prefix is shorter than itself");
        } finally {
            cutting = false;
        }
        if (ending) {
            return;
        }
        boolean writable = channel.isWritable();
        channel.config().setAutoRead(writable);
        if (inputEnded && writable) {
            endAfterClient();
        }
    }

    private boolean takesAnswers() {
        if (!channel.isWritable()) {
            channel.flush();
        }
        return channel.isWritable();
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
            channel.write(answer, channel.voidPromise());
        }
        return true;
    }

    /// Every answer is on its way: now our FIN.
    private void endAfterClient() {
        ending = true;
        closedBy = Side.CLIENT;
        closeKind = CloseKind.FIN;
        conversation.halfClosed(backlog.size());
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
}
