package io.echorack.echo.behavior;

import io.echorack.json.Json;
import io.echorack.model.Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A line of JSON that says what the server saw: who spoke, how much, in which message and in which reads.
final class InfoAnswerer implements Answerer {
    @Override
    public ByteBuf answer(ByteBuf message, int content, int length, Party party) {
        message.release();
        Map<String, Object> saw = new LinkedHashMap<>();
        saw.put("peer", Address.text(party.peer()));
        saw.put("local", Address.text(party.local()));
        saw.put("length", length);
        saw.put("frame", party.message());
        saw.put("firstRead", party.firstRead());
        saw.put("lastRead", party.lastRead());
        saw.put("tls", party.conversation().tls());
        byte[] line = (Json.write(saw) + "\n").getBytes(StandardCharsets.UTF_8);
        return Unpooled.wrappedBuffer(party.framed(line));
    }
}
