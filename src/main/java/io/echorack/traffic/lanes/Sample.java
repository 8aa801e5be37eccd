package io.echorack.traffic.lanes;

import io.echorack.model.engine.ConnectionView;
import io.echorack.model.traffic.TrafficEvent;
import io.echorack.traffic.Pages;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Some of the bytes of a connection, to judge its framing by.
///
/// @param messages cut so far
/// @param ended whether the client sends no more
/// @param offset where the bytes behind the last frame begin
/// @param leftover how many these are
/// @param head the first of them, as far as they were captured
/// @param reads what the first reads brought, as far as it was captured
record Sample(
        long messages, boolean ended, long offset, long leftover, byte[] head, List<Piece> reads) {

    /// What a read brought.
    ///
    /// @param whole whether that is all of it
    record Piece(long offset, byte[] bytes, boolean whole) {}

    private static final int MOST_BYTES = 4_096;

    /// @param withReads whether the reads matter; the bytes behind the last frame do else
    static Sample of(Pages pages, Lanes lanes, ConnectionView connection, boolean withReads) {
        long offset = lanes.framedTo().orElse(0);
        return new Sample(
                connection.messagesIn(),
                connection.state() != ConnectionView.State.OPEN,
                offset,
                lanes.leftover().orElse(0),
                withReads ? new byte[0] : head(pieces(pages, lanes.unframed()), offset),
                withReads ? pieces(pages, lanes.firstReads()) : List.of());
    }

    private static List<Piece> pieces(Pages pages, List<Lanes.Read> reads) {
        List<Piece> pieces = new ArrayList<>();
        int taken = 0;
        for (Lanes.Read read : reads) {
            Optional<TrafficEvent> event = pages.one(read.seq());
            if (event.isEmpty() || taken > MOST_BYTES) {
                break;
            }
            byte[] bytes = event.get().payload();
            taken += bytes.length;
            pieces.add(new Piece(read.offset(), bytes, bytes.length == read.length()));
        }
        return pieces;
    }

    /// What follows that offset without a gap.
    private static byte[] head(List<Piece> pieces, long offset) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (Piece piece : pieces) {
            long from = offset + head.size() - piece.offset();
            int room = MOST_BYTES - head.size();
            if (from < 0 || from >= piece.bytes().length || room == 0) {
                break;
            }
            int start = (int) from;
            head.write(piece.bytes(), start, Math.min(piece.bytes().length - start, room));
            if (!piece.whole()) {
                break;
            }
        }
        return head.toByteArray();
    }
}
