package io.echorack.traffic;

import org.agrona.DirectBuffer;

/// Bytes to be found in a payload. Each byte looked at once, whatever is sought and wherever (Knuth, Morris, Pratt 1977), so
/// that no filter makes a reader slow.
final class Needle {
    private final byte[] wanted;
    private final int[] fallback;

    Needle(byte[] wanted) {
        this.wanted = wanted;
        fallback = new int[wanted.length];
        int matched = 0;
        for (int i = 1; i < wanted.length; i++) {
            matched = next(matched, wanted[i]);
            fallback[i] = matched;
        }
    }

    boolean isIn(DirectBuffer buffer, int from, int length) {
        int matched = 0;
        for (int i = from; matched < wanted.length && i < from + length; i++) {
            matched = next(matched, buffer.getByte(i));
        }
        return matched == wanted.length;
    }

    /// How much of it is matched when this byte follows.
    private int next(int matched, byte letter) {
        int candidate = matched;
        while (candidate > 0 && wanted[candidate] != letter) {
            candidate = fallback[candidate - 1];
        }
        return wanted[candidate] == letter ? candidate + 1 : candidate;
    }
}
