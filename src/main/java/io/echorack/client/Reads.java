package io.echorack.client;

import java.util.ArrayDeque;
import java.util.Deque;

/// Which receive call brought which of the bytes that are not taken yet.
///
/// Thread: its run's loop.
final class Reads {
    /// The bytes of one receive call.
    private static final class Piece {
        final int number;
        final long at;
        int left;

        Piece(int number, long at, int left) {
            this.number = number;
            this.at = at;
            this.left = left;
        }
    }

    private final Deque<Piece> pieces = new ArrayDeque<>();
    private int last;

    void arrived(int length, long at) {
        last++;
        pieces.add(new Piece(last, at, length));
    }

    /// When the first byte that is not taken came.
    long firstAt() {
        return pieces.getFirst().at;
    }

    /// The read of the byte so many behind the first that is not taken; the last read where there is no such byte.
    int holding(int offset) {
        int before = 0;
        for (Piece piece : pieces) {
            before += piece.left;
            if (offset < before) {
                return piece.number;
            }
        }
        return last;
    }

    void taken(int length) {
        int left = length;
        while (left > 0) {
            Piece first = pieces.getFirst();
            int here = Math.min(left, first.left);
            first.left -= here;
            left -= here;
            if (first.left == 0) {
                pieces.removeFirst();
            }
        }
    }
}
