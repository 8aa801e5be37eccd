package io.echorack.model.run;

import java.util.Collection;
import java.util.List;

/// Where runs outlive the program.
public interface RunStore {
    /// All that are kept, oldest first.
    List<Run> runs();

    /// The highest number that was ever given to a run; 0 where there was none.
    int lastNumber();

    /// Keeps this one as it is now, and forgets those.
    void keep(Run run, Collection<Integer> forget);

    void forget(int number);
}
