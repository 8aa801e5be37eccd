package io.echorack.model.traffic;

import java.time.Instant;
import java.util.Map;

/// One event of the traffic log, taken out of it.
///
/// @param at when it happened
/// @param length how many bytes it is about
/// @param payload what of them was captured, or only the head of that: `captured` says how much the log holds
public record TrafficEvent(
        long seq,
        Instant at,
        EventKind kind,
        Direction direction,
        Origin origin,
        int length,
        long offset,
        long firstRead,
        long lastRead,
        Map<String, Object> detail,
        byte[] payload,
        int captured) {}
