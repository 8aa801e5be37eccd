package io.echorack.model.engine;

/// What a client sent from its first byte on, as it was recorded: the bytes in a row, and where each read ends.
///
/// @param readEnds the n-th read, counted from 1, ends before the byte at `readEnds[n - 1]`
public record Recording(byte[] bytes, long[] readEnds) {}
