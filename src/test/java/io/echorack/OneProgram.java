package io.echorack;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A class of tests that share one running program.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneProgram {
    protected Running rack;

    @BeforeAll
    void startProgram(@TempDir Path data) {
        rack = new Running(data);
    }

    @AfterAll
    void stopProgram() {
        rack.close();
    }
}
