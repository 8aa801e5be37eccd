package io.echorack.echo.udp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.echorack.echo.behavior.Answerer;
import io.echorack.echo.books.Conversations;
import io.echorack.echo.books.ServerCounters;
import io.echorack.echo.fault.line.Pause;
import io.echorack.echo.loop.Loops;
import io.echorack.echo.loop.Snug;
import io.echorack.echo.loop.Waiting;
import io.echorack.model.engine.CloseKind;
import io.echorack.model.engine.Counters;
import io.echorack.model.engine.LiveServer;
import io.echorack.model.spec.Effect;
import io.echorack.model.spec.IoModel;
import io.echorack.model.spec.ServerSpec;
import io.echorack.model.spec.SocketOptions;
import io.echorack.wire.Granted;
import io.echorack.wire.KernelCounts;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UDP server: each datagram is a message, each answer a datagram to where it came from. While answers wait for the
/// socket nothing is received, and the kernel drops what its buffer can't hold.
public final class UdpServer implements LiveServer {
    private static final Logger LOG = LoggerFactory.getLogger(UdpServer.class);
    private static final WriteBufferWaterMark WAITING =
            new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /// Nothing between Java and the kernel tells how much of a datagram a short receive lost: so it is received whole,
    /// whatever the spec's buffer, and cut here. 65,527 bytes is the most that IPv6 carries.
    private static final int WHOLE_DATAGRAM = 65_527;

    private final Loops loops;
    private final ServerCounters counters = new ServerCounters();
    private final Pause pause = new Pause(new Effect.PauseRead(), counters);
    private volatile Channel socket;
    private final UdpPeers peers;
    private final OwnSockets ownSockets;
    private final InetSocketAddress address;
    private final Map<String, Object> granted;

    /// By sockets that are closed.
    @GuardedBy("this")
    private long droppedBefore;

    private volatile ServerSpec spec;
    private volatile Answerer answerer;

    public UdpServer(
            ServerSpec spec, Loops loops, Conversations conversations, OwnSockets ownSockets) {
        this.spec = spec;
        this.loops = loops;
        this.ownSockets = ownSockets;
        answerer = Answerer.of(spec.behaves());
        peers = new UdpPeers(this::spec, () -> answerer, conversations, counters, ownSockets);
        socket = loops.bind(spec, spec.portOrAny(), bootstrap(spec.options()));
        address = (InetSocketAddress) socket.localAddress();
        ownSockets.add(address);
        granted = Granted.ofUdp(socket, spec.options());
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Counters counters() {
        return counters.now().plus(Counters.dropped(dropped()));
    }

    @Override
    public int connections() {
        return peers.count();
    }

    /// A datagram socket has one loop.
    @Override
    public Threads threads() {
        return new Threads(IoModel.EVENT_LOOP, 1);
    }

    @Override
    public Map<String, Object> socket() {
        return granted;
    }

    @Override
    public void apply(ServerSpec changed) {
        if (!changed.behaves().equals(spec.behaves())) {
            answerer = Answerer.of(changed.behaves());
        }
        spec = changed;
        counters.keepFaults(changed);
        socket.eventLoop().execute(this::lookAtFaults);
    }

    @Override
    public Map<String, Long> faults() {
        return counters.faults(spec);
    }

    @Override
    public void unlisten() {
        ownSockets.remove(address);
        closeSocket();
        Waiting.until(() -> peers.count() == 0, Waiting.CLOSE);
    }

    @Override
    public void listenAgain() {
        socket = loops.bind(spec, address.getPort(), bootstrap(spec.options()));
        ownSockets.add(address);
    }

    @Override
    public int stop(Duration drain) {
        int closed = peers.count();
        unlisten();
        return closed;
    }

    private synchronized long dropped() {
        return droppedBefore + KernelCounts.drops(socket).orElse(0);
    }

    private synchronized void closeSocket() {
        droppedBefore = dropped();
        socket.close().syncUninterruptibly();
    }

    private void lookAtFaults() {
        pause.tell(socket.eventLoop(), loops.tapOf(socket.eventLoop()), spec);
        peers.look();
        lookWhetherToRead();
    }

    /// Nothing is received while answers wait, or while a fault will have it so.
    private void lookWhetherToRead() {
        socket.config().setAutoRead(socket.isWritable() && !pause.isIn(spec));
    }

    private ServerSpec spec() {
        return spec;
    }

    private Bootstrap bootstrap(SocketOptions options) {
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loops.group())
                        .channelFactory(loops.sockets().counted(loops.transport().datagrams()))
                        .option(ChannelOption.SO_REUSEADDR, options.sharesDatagrams())
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING)
                        .option(ChannelOption.AUTO_READ, !pause.isIn(spec))
                        .handler(new Receiver());
        int buffer = loops.transport().takeDatagrams(bootstrap, WHOLE_DATAGRAM);
        bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(buffer));
        loops.transport().askFor(options, bootstrap);
        if (options.receiveBufferBytes() != null) {
            bootstrap.option(ChannelOption.SO_RCVBUF, options.receiveBufferBytes());
        }
        if (options.sendBufferBytes() != null) {
            bootstrap.option(ChannelOption.SO_SNDBUF, options.sendBufferBytes());
        }
        return bootstrap;
    }

    /// Thread: its channel's loop.
    private final class Receiver extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            EventLoop loop = context.channel().eventLoop();
            peers.begin(loops.tapOf(loop), context.channel());
            pause.tell(loop, loops.tapOf(loop), spec);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            ServerSpec now = spec;
            if (!now.bears().admits(packet.sender().getAddress())) {
                packet.release();
                peers.turnAway(packet.sender());
                return;
            }
            UdpPeers.Peer peer = peers.heardFrom(packet.sender());
            int truncated = cut(packet.content(), now.options().datagramBytes());
            ByteBuf bytes = Snug.fitDatagram(packet.content(), context.alloc());
            peer.conversation().datagramIn(bytes, truncated, now.captures().bytes());
            peer.sends(bytes);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            lookWhetherToRead();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // A peer that is gone answers with ICMP port unreachable, which the socket tells later:
            // nothing to do.
            LOG.debug("{}: {}", spec.name(), cause.toString());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            peers.end(CloseKind.STOP);
        }

        private static int cut(ByteBuf bytes, int most) {
            int truncated = Math.max(0, bytes.readableBytes() - most);
            bytes.writerIndex(bytes.writerIndex() - truncated);
            return truncated;
        }
    }
}
