package io.echorack.model.engine;

import io.echorack.model.spec.Framing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts recorded bytes anew, just as a server would have cut them.
public interface Reframer {
    /// A message: where it lies in the stream, and which reads brought it.
    record Frame(long offset, int length, long firstRead, long lastRead) {}

    /// Where a server would have closed the connection.
    record Close(CloseKind code, String detail, long offset) {}

    /// What comes of it.
    ///
    /// @param frames as many as were asked for
    /// @param count how many there are altogether
    /// @param next where the first frame begins that was not shown for want of room
    /// @param leftover bytes behind the last frame
    record Reframed(
            List<Frame> frames,
            long count,
            @Nullable Long next,
            long leftover,
            @Nullable Close error) {}

    /// The messages that these bytes would have made.
    ///
    /// @param fromOffset frames that begin before it are counted but not shown
    Reframed reframe(Recording recording, Framing framing, long fromOffset, int limit);
}
