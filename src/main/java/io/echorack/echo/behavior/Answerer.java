package io.echorack.echo.behavior;

import io.echorack.model.spec.Behavior;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Makes the answer to one message, and what is said without being asked.
///
/// Thread: any loop; an answerer is shared by all connections of its server.
public interface Answerer {
    /// The answer to a message, or null for none. Takes the message over: it releases it or gives it back, and it
    /// alone may change its bytes.
    ///
    /// @param content where the message's content begins in it
    /// @param length how long the content is; what lies around it is framing
    @Nullable ByteBuf answer(ByteBuf message, int content, int length, Party party);

    /// What is said to a new connection without being asked, piece by piece; null where there is nothing more to say.
    ///
    /// @param piece counted from 0
    default @Nullable ByteBuf says(long piece) {
        return null;
    }

    /// Whether messages of a stream are answered; if not, the connection ends when there is nothing more to say.
    default boolean listens() {
        return true;
    }

    static Answerer of(Behavior behavior) {
        return switch (behavior) {
            case Behavior.Echo _ -> new EchoAnswerer();
            case Behavior.Uppercase _ -> new UppercaseAnswerer();
            case Behavior.Reverse _ -> new ReverseAnswerer();
            case Behavior.Discard _ -> new DiscardAnswerer();
            case Behavior.Chargen _ -> new ChargenAnswerer();
            case Behavior.Daytime _ -> new DaytimeAnswerer();
            case Behavior.Time _ -> new TimeAnswerer();
            case Behavior.Qotd _ -> new QotdAnswerer();
            case Behavior.Reply reply -> new ReplyAnswerer(reply.bytes());
            case Behavior.Rules rules -> new RulesAnswerer(rules);
            case Behavior.Info _ -> new InfoAnswerer();
            case Behavior.EchoPlus _ -> new EchoPlusAnswerer();
            case Behavior.Greeting greeting ->
                    new GreetingAnswerer(greeting.banner().bytes(), of(greeting.then()));
        };
    }
}
