import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// What Netty itself costs: an echo on its epoll transport with Netty's defaults, nothing looked at, nothing kept.
///
/// `BareNetty tcp|udp` listens on a free port of 127.0.0.1, prints it, and runs until it is ended.
final class BareNetty {
    private static final int DATAGRAM = 2048;
    private static final int DATAGRAMS_PER_CALL = 64;

    private BareNetty() {}

    public static void main(String[] words) {
        EventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(
                        Runtime.getRuntime().availableProcessors(), EpollIoHandler.newFactory());
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Channel bound =
                words[0].equals("tcp")
                        ? tcp(loops).bind(any).syncUninterruptibly().channel()
                        : udp(loops).bind(any).syncUninterruptibly().channel();
        System.out.println(((InetSocketAddress) bound.localAddress()).getPort());
    }

    private static ServerBootstrap tcp(EventLoopGroup loops) {
        return new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Echo());
    }

    private static Bootstrap udp(EventLoopGroup loops) {
        return new Bootstrap()
                .group(loops)
                .channel(EpollDatagramChannel.class)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(DATAGRAM * DATAGRAMS_PER_CALL))
                .handler(new Echo());
    }

    @Sharable
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Object answer =
                    message instanceof DatagramPacket packet
                            ? new DatagramPacket(packet.content(), packet.sender())
                            : message;
            context.write(answer, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
