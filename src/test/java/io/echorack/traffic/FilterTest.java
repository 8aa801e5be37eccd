package io.echorack.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echorack.model.Problem;
import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import io.echorack.model.traffic.EventKind;
import io.echorack.model.traffic.Origin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    /// An incoming frame of 6 bytes, `GET \r\n`, on connection 12 of line-upper, from [::1]:5000.
    private static final EventView FRAME = frame();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "server:line-upper",
                "kind:frame dir:in",
                "len>5 len<7 len>=6 len<=6 len:6 len=6",
                "text:GET",
                "text:\"GET \"",
                "text:\"\\r\\n\"",
                "hex:0d0a",
                "hex:\"47 45\"",
                "peer:::1",
                "peer:[::1]",
                "peer:[::1]:5000",
                "conn:c12",
                "conn:12",
                "not kind:read",
                "kind:read or kind:frame",
                "kind:read dir:out or kind:frame dir:in",
                "(kind:read or kind:frame) not (dir:out or len>6)",
                "not not kind:frame",
            })
    void matches(String filter) {
        assertTrue(Filter.of(filter).matches(FRAME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server:line",
                "kind:read",
                "dir:out",
                "len>6",
                "text:get",
                "hex:0a0d",
                "peer:127.0.0.1",
                "peer:[::1]:5001",
                "conn:c1",
                "fault:f1",
                "not kind:frame",
                "kind:frame dir:out or kind:read dir:in",
                "kind:frame (dir:out or len>6)",
            })
    void doesNotMatch(String filter) {
        assertFalse(Filter.of(filter).matches(FRAME));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind:fame | 5",
                "hello | 0",
                "colour:red | 0",
                "dir:up | 4",
                "len | 3",
                "len> | 4",
                "hex:0g | 4",
                "text:\"open | 5",
                "(kind:read | 0",
                "kind:read) | 9",
                "kind:read or | 12",
                "not | 3",
                "peer:nobody | 5",
                "peer:127.0.0.1:99999 | 5",
                "conn:x | 5",
                "server: | 7",
            })
    void aBadFilterSaysWhere(String filter, int place) {
        Problem problem = assertThrows(Problem.class, () -> Filter.of(filter));
        assertEquals(Problem.Code.BAD_FILTER, problem.code());
        assertEquals(place, problem.place().orElse(-1), problem.sentence());
    }

    @Test
    void depthAndLengthAreBounded() {
        assertThrows(
                Problem.class,
                () -> Filter.of("(".repeat(1_000) + "kind:read" + ")".repeat(1_000)));
        assertThrows(Problem.class, () -> Filter.of("not ".repeat(400) + "kind:read"));
        assertThrows(Problem.class, () -> Filter.of("kind:read ".repeat(1_000)));
    }

    @ParameterizedTest
    @CsvSource({
        "f1, false, true",
        "f1, true, true",
        "f2, true, true",
        "f, false, false",
        "f, true, false",
        "'f1 f2', true, false"
    })
    void aFaultTouchesWhatNamesIt(String fault, boolean list, boolean touched) {
        Detail detail =
                Detail.of("count", 1)
                        .and(Detail.faults(list ? List.of("f1", "f2") : List.of("f1")));
        assertEquals(touched, Filter.of("fault:\"" + fault + "\"").matches(frame(detail)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server:line-upper kind:frame text:\"GETS \" | text:\"GETS \"",
                "kind:read  dir:in                           | kind:read",
                "dir:in not (kind:frame or kind:read)        | not (kind:frame or kind:read)",
                "dir:out kind:read or dir:in len>6           | len>6",
                "dir:out kind:read                           |",
                "kind:frame dir:in                           |",
                "kind:read                                   |",
                "kind:read or dir:out                        |",
                "dir:out kind:read or dir:in kind:frame      |",
            })
    void whatNearlyMatchesSaysWhichTermItMissed(String filter, @Nullable String missed) {
        assertEquals(Optional.ofNullable(missed), Filter.missed(Filter.of(filter), FRAME));
    }

    private static EventView frame() {
        return frame(Detail.NONE);
    }

    private static EventView frame(Detail detail) {
        Origin origin =
                Origin.of(
                        "line-upper",
                        12,
                        new InetSocketAddress(InetAddress.ofLiteral("::1"), 5000),
                        new InetSocketAddress(InetAddress.ofLiteral("::1"), 9));
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
        EventView.write(
                buffer,
                0,
                System.nanoTime(),
                EventKind.FRAME,
                Direction.IN,
                origin,
                6,
                0,
                1,
                1,
                detail.bytes(),
                ByteBuffer.wrap("GET \r\n".getBytes(StandardCharsets.US_ASCII)));
        EventView view = new EventView();
        view.at(buffer, 0);
        return view;
    }
}
