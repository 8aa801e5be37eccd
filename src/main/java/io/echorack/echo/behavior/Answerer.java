package io.echorack.echo.behavior;

import io.echorack.model.spec.Behavior;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Makes the answer to one message.
///
/// Thread: any loop; an answerer is shared by all connections of its server.
public interface Answerer {
    /// The answer to a message, or null for none. Takes the message over: it releases it or gives it back, and it
    /// alone may change its bytes.
    ///
    /// @param content where the message's content begins in it
    /// @param length how long the content is; what lies around it is framing
    @Nullable ByteBuf answer(ByteBuf message, int content, int length);

    static Answerer of(Behavior behavior) {
        return switch (behavior) {
            case Behavior.Echo _ -> new EchoAnswerer();
            case Behavior.Uppercase _ -> new UppercaseAnswerer();
            case Behavior.Discard _ -> new DiscardAnswerer();
            case Behavior.Reply reply -> new ReplyAnswerer(reply.bytes());
        };
    }
}
