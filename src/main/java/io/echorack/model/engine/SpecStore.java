package io.echorack.model.engine;

import io.echorack.model.spec.ServerSpec;
import java.util.Collection;
import java.util.List;

/// Where specs outlive the program. What a call has returned from is kept, `kill -9` or not.
public interface SpecStore {
    List<ServerSpec> load();

    /// Keeps these, removes those, all or nothing.
    void change(Collection<ServerSpec> keep, Collection<String> remove);
}
