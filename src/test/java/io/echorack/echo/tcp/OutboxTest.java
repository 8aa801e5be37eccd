package io.echorack.echo.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However answers are joined: every byte leaves once, in order, and every answer is let go of.
class OutboxTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyByteLeavesOnceAndInOrder(long seed) {
        Random random = new Random(seed);
        EmbeddedChannel channel = new EmbeddedChannel();
        Outbox outbox = new Outbox(channel);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        List<ByteBuf> answers = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 9_000 : 90)];
            random.nextBytes(bytes);
            sent.writeBytes(bytes);
            ByteBuf answer = Unpooled.copiedBuffer(bytes);
            answers.add(answer);
            outbox.add(answer, random.nextInt(3) * 1_000L);
            if (random.nextInt(50) == 0) {
                outbox.send();
            }
        }
        outbox.send();
        channel.flush();
        assertEquals(Unpooled.wrappedBuffer(sent.toByteArray()), all(channel), "seed " + seed);
        assertTrue(answers.stream().allMatch(one -> one.refCnt() == 0), "seed " + seed);
    }

    @Test
    void answersThatFollowEachOtherLeaveInOneWrite() {
        EmbeddedChannel channel = new EmbeddedChannel();
        Outbox outbox = new Outbox(channel);
        outbox.add(text("one "), 8);
        outbox.add(text("two "), 4);
        outbox.add(text("three"), 0);
        outbox.send();
        channel.flush();
        assertEquals(1, channel.outboundMessages().size());
        assertEquals(text("one two three"), all(channel));
    }

    @Test
    void whatIsJoinedCountsAgainstTheRoomThereIs() {
        Client client = new Client();
        EmbeddedChannel channel = new EmbeddedChannel(client);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(100, 200));
        Outbox outbox = new Outbox(channel);
        assertTrue(outbox.takesMore());
        outbox.add(Unpooled.wrappedBuffer(new byte[150]), 150);
        assertTrue(outbox.takesMore());
        outbox.add(Unpooled.wrappedBuffer(new byte[150]), 0);
        assertFalse(outbox.takesMore());
        client.takes = true;
        assertTrue(outbox.takesMore());
        assertEquals(300, all(channel).readableBytes());
    }

    private static ByteBuf text(String words) {
        return Unpooled.copiedBuffer(words, java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static ByteBuf all(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.writeBytes(next);
            next.release();
        }
        return all;
    }

    /// Takes nothing until it is told to.
    private static final class Client extends ChannelOutboundHandlerAdapter {
        private boolean takes;

        @Override
        public void flush(ChannelHandlerContext context) {
            if (takes) {
                context.flush();
            }
        }
    }
}
