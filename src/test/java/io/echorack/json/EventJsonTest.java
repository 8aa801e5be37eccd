package io.echorack.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echorack.model.spec.Payload.Form;
import io.echorack.model.traffic.Direction;
import io.echorack.model.traffic.EventKind;
import io.echorack.model.traffic.Origin;
import io.echorack.model.traffic.TrafficEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6869           | {\"text\":\"hi\"}",
                "c3a9090d0a     | {\"text\":\"é\\t\\r\\n\"}",
                "00             | {\"hex\":\"00\"}",
                "1b5b33316d     | {\"hex\":\"1b5b33316d\"}",
                "7f             | {\"hex\":\"7f\"}",
                "c3             | {\"hex\":\"c3\"}",
                "c285           | {\"hex\":\"c285\"}",
            })
    void bytesAreTextWhereTheyAreReadableElseHex(String hex, String form) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        String json = EventJson.text(event(bytes, bytes.length), Optional.empty());
        assertTrue(json.contains("\"payload\":" + form), json);
    }

    @Test
    void aHeadThatEndsWithinACharacterIsStillText() {
        byte[] whole = "año €".getBytes(UTF_8);
        for (int length = 1; length <= whole.length; length++) {
            String json =
                    EventJson.text(event(Arrays.copyOf(whole, length), 1_000), Optional.empty());
            assertTrue(json.contains("\"text\""), json);
        }
    }

    @Test
    void theFormAskedForIsTheFormGiven() {
        byte[] bytes = "hi".getBytes(UTF_8);
        assertTrue(
                EventJson.text(event(bytes, 2), Optional.of(Form.HEX))
                        .contains("{\"hex\":\"6869\"}"));
        assertTrue(
                EventJson.text(event(bytes, 2), Optional.of(Form.BASE64))
                        .contains("{\"base64\":\"aGk=\"}"));
        assertTrue(
                EventJson.text(event(new byte[] {0}, 1), Optional.of(Form.TEXT))
                        .contains("{\"text\":\"\\u0000\"}"));
    }

    @Test
    void aFrameSaysWhereItLiesAndWhichReadsBroughtIt() {
        assertEquals(
                "{\"seq\":9,\"at\":\"1970-01-01T00:00:01Z\",\"kind\":\"frame\",\"server\":\"rack\",\"connection\":\"c3\","
                        + "\"direction\":\"in\",\"length\":2,\"offset\":4,\"firstRead\":1,\"lastRead\":2,"
                        + "\"payloadBytes\":2,\"payload\":{\"text\":\"hi\"},\"fault\":\"f1\"}",
                EventJson.text(event("hi".getBytes(UTF_8), 2), Optional.empty()));
    }

    private static TrafficEvent event(byte[] payload, int length) {
        return new TrafficEvent(
                9,
                Instant.ofEpochSecond(1),
                EventKind.FRAME,
                Direction.IN,
                Origin.of("rack", 3, null, null),
                length,
                4,
                1,
                2,
                Map.of("fault", "f1"),
                payload,
                payload.length);
    }
}
