package io.echorack.echo.behavior;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The datagram back, with what TR-143's UDPEchoPlus puts into it, each in 32 bits:
///
/// ```
/// 0  TestGenSN                   the sender's, as it came
/// 4  TestRespSN                  how many were answered so far, this one too
/// 8  TestRespRecvTimeStamp       when it was received, in microseconds
/// 12 TestRespReplyTimeStamp      when it was answered, in microseconds
/// 16 TestRespReplyFailureCount   how many could not be answered
/// ```
/// A shorter one is plainly echoed.
final class EchoPlusAnswerer implements Answerer {
    private static final int RESPONSE_NUMBER = 4;
    private static final int RECEIVED_AT = 8;
    private static final int REPLIED_AT = 12;
    private static final int FAILURES = 16;
    private static final int SHORTEST = 20;

    private final AtomicInteger answered = new AtomicInteger();

    @Override
    public ByteBuf answer(ByteBuf message, int content, int length, Party party) {
        if (length >= SHORTEST) {
            message.setInt(content + RECEIVED_AT, microseconds());
            message.setInt(content + RESPONSE_NUMBER, answered.incrementAndGet());
            // Nothing keeps an answer from the socket's queue; what the network drops is not ours
            // to know.
            message.setInt(content + FAILURES, 0);
            message.setInt(content + REPLIED_AT, microseconds());
        }
        return message;
    }

    private static int microseconds() {
        return (int) TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
    }
}
