package io.echorack.echo.behavior;

import io.echorack.model.spec.Behavior;
import io.echorack.model.spec.RuleBook;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The reply of the first rule that the message meets.
final class RulesAnswerer implements Answerer {
    private final RuleBook rules;

    RulesAnswerer(Behavior.Rules rules) {
        this.rules = new RuleBook(rules);
    }

    @Override
    public @Nullable ByteBuf answer(ByteBuf message, int content, int length, Party party) {
        Optional<byte[]> reply = rules.replyTo(ByteBufUtil.getBytes(message, content, length));
        if (reply.isEmpty() && rules.otherwise() == Behavior.Otherwise.ECHO) {
            return message;
        }
        message.release();
        if (reply.isEmpty() && rules.otherwise() == Behavior.Otherwise.CLOSE) {
            party.hangUp();
        }
        return reply.map(Unpooled::wrappedBuffer).orElse(null);
    }
}
