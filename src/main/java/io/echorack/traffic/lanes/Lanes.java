package io.echorack.traffic.lanes;

import io.echorack.model.traffic.Direction;
import io.echorack.traffic.Cursor;
import io.echorack.traffic.Cursor.Reach;
import io.echorack.traffic.EventView;
import io.echorack.traffic.TrafficLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What one connection received or sent, as the log holds it: its reads beside the messages that were cut from them. One
/// way through the log gathers it all.
///
/// ```
/// reads    |---- 1 ----|-- 2 --|-------- 3 --------|
/// frames   |-------- 1 --------|-- 2 --|---- 3 ----|  leftover
/// ```
/// Thread: its reader's.
public final class Lanes {
    /// What one receive call brought; `n` counts a connection's from 1.
    public record Read(long seq, long n, long offset, int length) {
        long end() {
            return offset + length;
        }
    }

    /// A message, cut from the reads.
    public record Frame(long seq, long offset, int length, long firstRead, long lastRead) {}

    /// What one message's answer put on the wire.
    public record Write(long seq, long offset, int length) {}

    public record Datagram(long seq, String direction, int length) {}

    /// Reads of which a sample is taken, at the beginning and behind the last frame.
    private static final int SAMPLE_READS = 16;

    private final long connection;
    private final @Nullable Direction direction;
    private final long after;
    private final int limit;
    private final List<Read> reads = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private final List<Datagram> datagrams = new ArrayList<>();
    private final List<Read> firstReads = new ArrayList<>();
    private final Deque<Read> unframed = new ArrayDeque<>();
    private OptionalLong firstHeld = OptionalLong.empty();
    private OptionalLong framedTo = OptionalLong.empty();
    private long readTo;
    private int items;
    private boolean more;
    private long lastShown;
    private long latest;

    private Lanes(long connection, @Nullable Direction direction, long after, int limit) {
        this.connection = connection;
        this.direction = direction;
        this.after = after;
        this.limit = limit;
    }

    /// Those of one connection.
    ///
    /// @param direction of which direction; null: of both
    /// @param after only items whose seq is above it; what is told beside the items is told of all that the log holds
    /// @param limit items, of all kinds together
    public static Lanes of(
            TrafficLog log, long connection, @Nullable Direction direction, long after, int limit) {
        Lanes lanes = new Lanes(connection, direction, after, limit);
        lanes.latest = log.latestSeq();
        Cursor cursor = new Cursor(log, log.oldestSeq() - 1);
        while (cursor.position() < lanes.latest) {
            cursor.walk(lanes::isOurs, Reach.turn(Long.MAX_VALUE, 0), lanes.latest, lanes::take);
        }
        return lanes;
    }

    public List<Read> reads() {
        return reads;
    }

    public List<Frame> frames() {
        return frames;
    }

    public List<Write> writes() {
        return writes;
    }

    public List<Datagram> datagrams() {
        return datagrams;
    }

    /// Where the first bytes begin that the log tells of.
    public OptionalLong firstHeldOffset() {
        return firstHeld;
    }

    /// Bytes behind the last frame; empty where the log no longer knows.
    public OptionalLong leftover() {
        return framedTo.isEmpty()
                ? framedTo
                : OptionalLong.of(Math.max(0, readTo - framedTo.getAsLong()));
    }

    /// Where the bytes behind the last frame begin.
    public OptionalLong framedTo() {
        return framedTo;
    }

    /// What to ask for as `after`, to read on.
    public long next() {
        return more ? lastShown : Math.max(after, latest);
    }

    /// The last event that was looked at.
    public long latestSeq() {
        return latest;
    }

    /// The first reads that the log holds.
    List<Read> firstReads() {
        return firstReads;
    }

    /// The first reads that hold bytes behind the last frame.
    List<Read> unframed() {
        return List.copyOf(unframed);
    }

    private boolean isOurs(EventView event) {
        return event.connection() == connection
                && event.direction() != Direction.NONE
                && (direction == null || event.direction() == direction);
    }

    private void take(EventView event) {
        switch (event.kind()) {
            case READ ->
                    takeRead(
                            new Read(
                                    event.seq(),
                                    event.firstRead(),
                                    event.offset(),
                                    event.length()));
            case FRAME ->
                    takeFrame(
                            new Frame(
                                    event.seq(),
                                    event.offset(),
                                    event.length(),
                                    event.firstRead(),
                                    event.lastRead()));
            case WRITE -> {
                holds(event.offset());
                show(event.seq(), writes, new Write(event.seq(), event.offset(), event.length()));
            }
            case DATAGRAM ->
                    show(
                            event.seq(),
                            datagrams,
                            new Datagram(event.seq(), event.direction().text(), event.length()));
            default -> {}
        }
    }

    private void takeRead(Read read) {
        holds(read.offset());
        readTo = Math.max(readTo, read.end());
        if (framedTo.isEmpty() && read.offset() == 0) {
            framedTo = OptionalLong.of(0);
        }
        if (firstReads.size() < SAMPLE_READS) {
            firstReads.add(read);
        }
        if (unframed.size() < SAMPLE_READS) {
            unframed.add(read);
        }
        show(read.seq(), reads, read);
    }

    private void takeFrame(Frame frame) {
        long end = frame.offset() + frame.length();
        framedTo = OptionalLong.of(end);
        readTo = Math.max(readTo, end);
        while (!unframed.isEmpty() && unframed.getFirst().end() <= end) {
            unframed.removeFirst();
        }
        show(frame.seq(), frames, frame);
    }

    private void holds(long offset) {
        if (firstHeld.isEmpty()) {
            firstHeld = OptionalLong.of(offset);
        }
    }

    private <T> void show(long seq, List<T> lane, T item) {
        if (seq <= after) {
            return;
        }
        if (items == limit) {
            more = true;
            return;
        }
        items++;
        lastShown = seq;
        lane.add(item);
    }
}
